package io.dualgrid.cli;

/** Entry point of the command line. */
public final class Main {
  private Main() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    System.err.println("dualgrid: no command yet");
    System.exit(1);
  }
}
