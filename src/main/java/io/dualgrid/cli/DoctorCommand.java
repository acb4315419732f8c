package io.dualgrid.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code dualgrid doctor}. */
@Command(
    name = "doctor",
    description = "Tells which backends there are, their versions and where they were loaded from.")
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Runtime runtime = Runtime.getRuntime();
    new FieldTable()
        .add("dualgrid", Version.number())
        .add(
            "java",
            System.getProperty("java.runtime.version") + ", " + System.getProperty("java.home"))
        .add(
            "system",
            System.getProperty("os.name")
                + " "
                + System.getProperty("os.version")
                + ", "
                + System.getProperty("os.arch")
                + ", "
                + runtime.availableProcessors()
                + " processors")
        .add("memory", "heap of at most " + runtime.maxMemory() / (1024 * 1024) + " MB")
        .print(terminal.out());
    return ExitCode.OK;
  }
}
