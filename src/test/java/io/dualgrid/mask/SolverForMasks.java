package io.dualgrid.mask;

import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.dense.DenseBackends;
import io.dualgrid.qp.dense.DenseSolver;

/** Solves one masked problem after the other, as an honest cloud does. */
final class SolverForMasks implements AutoCloseable {
  private final QpSettings settings;
  private DenseSolver solver;

  SolverForMasks(QpSettings settings) {
    this.settings = settings;
  }

  void accept(MaskedProblem problem) {
    close();
    solver =
        DenseBackends.besides("auto")
            .setup(
                problem.dimension(),
                problem.quadratic(),
                problem.rows(),
                problem.lower(),
                problem.upper(),
                settings);
    solver.start(problem.start(), problem.startMultipliers());
  }

  MaskedAnswer solve(MaskedLinearTerm term) {
    QpResult result = solver.solve(term.linear());
    return new MaskedAnswer(
        term.mask(),
        term.sequence(),
        result.status(),
        result.x().clone(),
        result.y().clone(),
        result.iterations());
  }

  @Override
  public void close() {
    if (solver != null) {
      solver.close();
      solver = null;
    }
  }
}
