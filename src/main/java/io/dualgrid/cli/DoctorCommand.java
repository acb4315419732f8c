package io.dualgrid.cli;

import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.ckks.seal.SealCkksBackend;
import io.dualgrid.natives.NativeLibraryStatus;
import io.dualgrid.qp.dense.JavaDenseSolverFactory;
import io.dualgrid.qp.dense.jna.NativeDenseSolverFactory;
import io.dualgrid.qp.java.PureQpSolverFactory;
import io.dualgrid.qp.nativeqp.NativeQpSolverFactory;
import io.dualgrid.qp.osqp.OsqpSolverFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code dualgrid doctor}. */
@Command(
    name = "doctor",
    description = "Tells which backends there are, their versions and where they were loaded from.")
final class DoctorCommand implements Callable<Integer> {
  private static final String ALWAYS = ", always there";
  private static final long BYTES_PER_MEGABYTE = 1024L * 1024L;

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
        .add("memory", "heap of at most " + runtime.maxMemory() / BYTES_PER_MEGABYTE + " MB")
        .add("qp native", describe(NativeQpSolverFactory.status()))
        .add("qp osqp", describe(OsqpSolverFactory.status()))
        .add("qp java", new PureQpSolverFactory().version() + ALWAYS)
        .add("cloud native", describe(NativeDenseSolverFactory.status()))
        .add("cloud java", new JavaDenseSolverFactory().version() + ALWAYS)
        .add("ckks seal", describe(SealCkksBackend.status()))
        .add("ckks java", CkksBackends.byName(CkksBackends.JAVA).version() + ALWAYS)
        .print(terminal.out());
    return ExitCode.OK;
  }

  private static String describe(NativeLibraryStatus status) {
    if (status.available()) {
      return status.version() + ", from " + status.origin();
    }
    return "missing: " + status.failure();
  }
}
