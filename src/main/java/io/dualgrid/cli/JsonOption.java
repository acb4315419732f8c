package io.dualgrid.cli;

import picocli.CommandLine.Option;

/** Whether a program reads what a command prints. */
final class JsonOption {
  @Option(
      names = "--json",
      description =
          "Print one JSON object in place of tables; notices and errors stay on standard error.")
  private boolean json;

  /** Whether it does. */
  boolean asked() {
    return json;
  }
}
