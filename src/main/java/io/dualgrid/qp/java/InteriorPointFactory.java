package io.dualgrid.qp.java;

import io.dualgrid.backend.Backend;
import io.dualgrid.qp.QpCapabilities;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QuadraticProgram;

/**
 * The interior-point backend, available everywhere: for single accurate solves and lower bounds.
 * The same program, updates and settings give the same bits again.
 */
public final class InteriorPointFactory implements QpSolverFactory {
  /** A factory. */
  public InteriorPointFactory() {
    // stateless
  }

  @Override
  public String name() {
    return "interior-point";
  }

  @Override
  public String version() {
    return Backend.builtInVersion();
  }

  @Override
  public int precedence() {
    return 5;
  }

  @Override
  public QpCapabilities capabilities() {
    return new QpCapabilities(false, QpCapabilities.Ending.BELOW_TOLERANCE, true);
  }

  /**
   * Analyses; the first factorisation is that of the first solve.
   *
   * <p>A solve ends where row and dual residual and the gap of the objectives are within absolute +
   * relative tolerance of the largest row value, of the largest cost and of the objective.
   */
  @Override
  public QpSolver setup(QuadraticProgram program, QpSettings settings) {
    return new InteriorPoint(program, settings);
  }
}
