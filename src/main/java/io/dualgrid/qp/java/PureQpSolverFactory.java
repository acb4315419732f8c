package io.dualgrid.qp.java;

import io.dualgrid.backend.Backend;
import io.dualgrid.qp.QpCapabilities;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QuadraticProgram;

/**
 * The pure-Java backend, available everywhere. The same program, updates and settings give the same
 * bits again. How it works is told in the description of this package.
 */
public final class PureQpSolverFactory implements QpSolverFactory {
  private final PureTuning tuning;

  /** A factory. */
  public PureQpSolverFactory() {
    this(PureTuning.DEFAULT);
  }

  PureQpSolverFactory(PureTuning tuning) {
    this.tuning = tuning;
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public String version() {
    return Backend.builtInVersion();
  }

  @Override
  public int precedence() {
    return 10;
  }

  @Override
  public QpCapabilities capabilities() {
    return new QpCapabilities(true, QpCapabilities.Ending.BELOW_TOLERANCE, false);
  }

  @Override
  public QpSolver setup(QuadraticProgram program, QpSettings settings) {
    return new PureQpSolver(program, settings, tuning);
  }
}
