package io.dualgrid.qp.pure;

import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QuadraticProgram;

/** {@link InteriorPoint} behind the contract of all backends; a warm start has no effect. */
final class InteriorPointSolver implements QpSolver {
  private InteriorPoint method;
  private final double[] linear;

  InteriorPointSolver(QuadraticProgram program, QpSettings settings) {
    method = new InteriorPoint(program, settings.absoluteTolerance());
    linear = program.linear().clone();
  }

  @Override
  public void updateLinear(double[] newLinear) {
    System.arraycopy(newLinear, 0, linear, 0, linear.length);
  }

  @Override
  public void updateQuadraticDiagonal(double[] diagonal) {
    method.updateQuadraticDiagonal(diagonal);
  }

  @Override
  public void updateBounds(double[] lower, double[] upper) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void warmStart(double[] x, double[] y) {}

  @Override
  public void updateSettings(QpSettings settings) {}

  @Override
  public QpResult solve() {
    return method.solve(linear);
  }

  @Override
  public void close() {
    method = null;
  }
}
