package io.dualgrid.parties;

import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import java.util.Map;

/** Solves on the spot, with the energy system's own solver. */
final class DirectProblem implements LocalProblem {
  private final QpSolver solver;
  private int unfinished;

  /** Takes ownership of the solver. */
  DirectProblem(QpSolver solver) {
    this.solver = solver;
  }

  @Override
  public void updatePenalty(double[] diagonal, StepClock clock) {
    clock.start();
    solver.updateQuadraticDiagonal(diagonal);
    clock.lap(Step.SOLVE);
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
    if (result.status() == QpStatus.ITERATION_LIMIT) {
      unfinished++;
    }
    return result.x();
  }

  @Override
  public Map<String, Integer> incidents() {
    return unfinished == 0
        ? Map.of()
        : Map.of(
            "solves that reached their iteration limit; the last iterate was used", unfinished);
  }

  @Override
  public void close() {
    solver.close();
  }
}
