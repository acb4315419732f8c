package io.dualgrid.parties;

import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;

/** Solves on the spot, with the energy system's own solver. */
final class DirectProblem implements LocalProblem {
  private final QpSolver solver;

  /** Takes ownership of the solver. */
  DirectProblem(QpSolver solver) {
    this.solver = solver;
  }

  @Override
  public void updatePenalty(double[] diagonal) {
    solver.updateQuadraticDiagonal(diagonal);
  }

  @Override
  public double[] solve(double[] linear, StepClock clock) {
    clock.start();
    solver.updateLinear(linear);
    QpResult result = solver.solve();
    clock.lap(Step.SOLVE);
    if (result.status() != QpStatus.SOLVED && result.status() != QpStatus.ITERATION_LIMIT) {
      throw new SolveException(result.message());
    }
    return result.x();
  }

  @Override
  public void close() {
    solver.close();
  }
}
