package io.dualgrid.edge;

import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.runtime.Step;
import io.dualgrid.runtime.StepClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Solves on the spot, with the energy system's own solver. Operator splitting now and then crawls
 * on programs with nearly tied prices; what it leaves at its iteration limit, a solver of another
 * kind does again.
 */
public final class DirectProblem implements LocalProblem {
  private final QpSolver solver;
  private final Supplier<QpSolver> standIns;
  private final String standInName;
  private QpSolver standIn; // made when first needed, for most energy systems never do
  private double[] diagonal;
  private int redone;
  private int unfinished;

  /**
   * Takes ownership of the solver and of the one that stands in for it.
   *
   * @param standIns makes a solver of the same program for what the first leaves unfinished; null
   *     for none
   * @param standInName what notices call it
   */
  public DirectProblem(QpSolver solver, Supplier<QpSolver> standIns, String standInName) {
    this.solver = solver;
    this.standIns = standIns;
    this.standInName = standInName;
  }

  @Override
  public void updatePenalty(double[] newDiagonal, StepClock clock) {
    clock.start();
    diagonal = newDiagonal.clone();
    solver.updateQuadraticDiagonal(diagonal);
    if (standIn != null) {
      standIn.updateQuadraticDiagonal(diagonal);
    }
    clock.lap(Step.SOLVE);
  }

  @Override
  public double[] solve(double[] linear, StepClock clock) {
    clock.start();
    solver.updateLinear(linear);
    QpResult result = usable(solver.solve());
    if (result.status() == QpStatus.ITERATION_LIMIT) {
      result = again(linear, result);
    }
    clock.lap(Step.SOLVE);
    return result.x();
  }

  /** The stand-in's solution; the given last iterate when there is none better. */
  private QpResult again(double[] linear, QpResult lastIterate) {
    if (standIns == null) {
      unfinished++;
      return lastIterate;
    }
    if (standIn == null) {
      standIn = standIns.get();
      if (diagonal != null) {
        standIn.updateQuadraticDiagonal(diagonal);
      }
    }
    standIn.updateLinear(linear);
    standIn.warmStart(lastIterate.x(), lastIterate.y());
    QpResult result = usable(standIn.solve());
    if (result.status() == QpStatus.ITERATION_LIMIT) {
      unfinished++;
      return lastIterate;
    }
    redone++;
    // so that the next solve begins where this one should have ended
    solver.warmStart(result.x(), result.y());
    return result;
  }

  private static QpResult usable(QpResult result) {
    if (result.status() != QpStatus.SOLVED && result.status() != QpStatus.ITERATION_LIMIT) {
      throw SolveException.of(result);
    }
    return result;
  }

  @Override
  public Map<String, Integer> incidents() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    if (redone > 0) {
      counts.put(
          "solves that reached their iteration limit and were done again by the "
              + standInName
              + " backend",
          redone);
    }
    if (unfinished > 0) {
      counts.put(
          "solves that reached their iteration limit; the last iterate was used", unfinished);
    }
    return counts;
  }

  @Override
  public void close() {
    solver.close();
    if (standIn != null) {
      standIn.close();
    }
  }
}
