package io.dualgrid.qp.osqp;

import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.natives.NativeLibraryException;
import io.dualgrid.natives.NativeLibraryStatus;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QuadraticProgram;

/**
 * OSQP, an operator-splitting solver in C, by Stellato, Banjac, Goulart, Bemporad and Boyd. The
 * same program, updates and settings give the same bits again.
 */
public final class OsqpSolverFactory implements QpSolverFactory {
  private final LoadedLibrary<OsqpFunctions> library;
  private final OsqpTuning tuning; // null: what suits the program

  /**
   * Loads the library when nothing has yet.
   *
   * @throws NativeLibraryException when it is missing; the message says why
   */
  public OsqpSolverFactory() {
    this(null);
  }

  OsqpSolverFactory(OsqpTuning tuning) {
    this.library = OsqpLibrary.load();
    this.tuning = tuning;
    library.functions();
  }

  /** What is known of the library, loaded when nothing has yet; never throws. */
  public static NativeLibraryStatus status() {
    return OsqpLibrary.load().status();
  }

  @Override
  public String name() {
    return "osqp";
  }

  @Override
  public String version() {
    return library.status().version();
  }

  @Override
  public QpSolver setup(QuadraticProgram program, QpSettings settings) {
    return new OsqpSolver(
        library.functions(), program, settings, tuning == null ? OsqpTuning.of(program) : tuning);
  }
}
