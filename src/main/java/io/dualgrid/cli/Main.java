package io.dualgrid.cli;

/** Entry point of the command line. */
public final class Main {
  private Main() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    HeldEnd.exit(run(Engine.DISPATCH, arguments));
  }

  /** Runs a command with an engine of choice; gives its exit code. */
  static int run(Engine engine, String... arguments) {
    Terminal terminal = Terminal.system();
    try {
      return withOutput(
          terminal, Dualgrid.commandLineFor(engine, terminal, arguments).execute(arguments));
    } catch (OutOfMemoryError e) {
      terminal
          .err()
          .println(
              "error: out of memory ("
                  + e.getMessage()
                  + "); give the virtual machine more, such as DUALGRID_JAVA_OPTS=-Xmx8g with"
                  + " scripts/dualgrid, or java -Xmx8g -jar dualgrid.jar");
      return ExitCode.FAILURE;
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  // What nobody can read, such as a table on a full disk, has not been done.
  private static int withOutput(Terminal terminal, int code) {
    if (!terminal.out().checkError() || code == ExitCode.INTERRUPTED) {
      return code;
    }
    terminal
        .err()
        .println("error: standard output cannot be written; free the disk, or write elsewhere");
    return code == ExitCode.OK ? ExitCode.FAILURE : code;
  }
}
