package io.dualgrid.qp.java;

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
    String version = PureQpSolverFactory.class.getPackage().getImplementationVersion();
    return version == null ? "built-in" : version;
  }

  @Override
  public QpSolver setup(QuadraticProgram program, QpSettings settings) {
    return new PureQpSolver(program, settings, tuning);
  }
}
