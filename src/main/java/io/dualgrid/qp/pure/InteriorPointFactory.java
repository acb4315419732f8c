package io.dualgrid.qp.pure;

import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QuadraticProgram;

/** The interior-point method as a backend. */
public final class InteriorPointFactory implements QpSolverFactory {
  @Override
  public String name() {
    return "java";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public QpSolver setup(QuadraticProgram program, QpSettings settings) {
    return new InteriorPointSolver(program, settings);
  }
}
