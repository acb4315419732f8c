package io.dualgrid.cli;

import io.dualgrid.backend.Backend;
import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.natives.NativeLibraryStatus;
import io.dualgrid.qp.QpBackends;
import io.dualgrid.qp.dense.DenseBackends;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code dualgrid doctor}. */
@Command(
    name = "doctor",
    description = "Tells which backends there are, their versions and where they were loaded from.")
final class DoctorCommand implements Callable<Integer> {
  private static final long BYTES_PER_MEGABYTE = 1024L * 1024L;

  private final Terminal terminal;

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Runtime runtime = Runtime.getRuntime();
    FieldTable table =
        new FieldTable()
            .add("dualgrid", Version.number())
            .add(
                "java",
                System.getProperty("java.runtime.version")
                    + ", from "
                    + System.getProperty("java.home"))
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
            .add("memory", "heap of at most " + runtime.maxMemory() / BYTES_PER_MEGABYTE + " MB");
    addAll(table, "qp", QpBackends.all());
    addAll(table, "cloud", DenseBackends.all());
    addAll(table, "ckks", CkksBackends.all());
    table.print(terminal.out());
    return ExitCode.OK;
  }

  private static void addAll(FieldTable table, String role, List<? extends Backend> backends) {
    for (Backend backend : backends) {
      table.add(role + " " + backend.name(), describe(backend.status()));
    }
  }

  private static String describe(NativeLibraryStatus status) {
    if (!status.available()) {
      return "missing: " + status.failure();
    }
    return status.version()
        + (status.origin().isEmpty() ? ", always there" : ", from " + status.origin());
  }
}
