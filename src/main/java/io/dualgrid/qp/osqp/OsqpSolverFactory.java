package io.dualgrid.qp.osqp;

import io.dualgrid.backend.NativeBackend;
import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.qp.QpCapabilities;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QuadraticProgram;

/**
 * OSQP, an operator-splitting solver in C, by Stellato, Banjac, Goulart, Bemporad and Boyd. The
 * same program, updates and settings give the same bits again.
 */
public final class OsqpSolverFactory implements QpSolverFactory, NativeBackend {
  private final OsqpTuning tuning; // null: what suits the program

  /** A factory; the library is loaded when first asked for. */
  public OsqpSolverFactory() {
    this(null);
  }

  OsqpSolverFactory(OsqpTuning tuning) {
    this.tuning = tuning;
  }

  @Override
  public String name() {
    return "osqp";
  }

  @Override
  public LoadedLibrary<?> library() {
    return OsqpLibrary.load();
  }

  @Override
  public int precedence() {
    return 0;
  }

  @Override
  public QpCapabilities capabilities() {
    return new QpCapabilities(true, QpCapabilities.Ending.AT_TOLERANCE, false);
  }

  @Override
  public QpSolver setup(QuadraticProgram program, QpSettings settings) {
    return new OsqpSolver(
        OsqpLibrary.load().functions(),
        program,
        settings,
        tuning == null ? OsqpTuning.of(program) : tuning);
  }
}
