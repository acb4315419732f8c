package io.dualgrid.consensus;

import io.dualgrid.runtime.StateArchive;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The penalty schedule of the published demo: ρ starts at 0.02 money/kW² and is doubled when the
 * primal residual has dominated for three iterations in a row, or when the objective stands still
 * while ρ is small; after iteration 300 it may also be halved.
 */
public final class PublishedPenalty {
  private static final double START = 0.02;
  private static final int PATIENCE = 3;
  private static final double DUAL_FACTOR = 8.0;
  private static final int OBJECTIVE_WINDOW = 15;
  private static final double OBJECTIVE_STILL = 5.0;

  private final Deque<Double> objectives = new ArrayDeque<>();
  private double rho = START;
  private int iteration;
  private int increases;
  private int decreases;

  /** Penalty of P and Q, money per kW². */
  public double rho() {
    return rho;
  }

  /** Penalty of V, money per p.u.². */
  public double rhoVoltage() {
    return 5.0 * rho;
  }

  /**
   * Looks at an iteration and sets the penalty of the next one.
   *
   * @param primal residual in MW
   * @param dual residual in MW
   * @param objective sum of the objectives of all energy systems, penalties included, money
   */
  public void observe(double primal, double dual, double objective) {
    objectives.addLast(objective);
    if (objectives.size() > OBJECTIVE_WINDOW) {
      objectives.removeFirst();
    }
    if (iteration <= 2500) {
      boolean early = iteration <= 300;
      double primalFactor = early ? 2.0 : 3.8;
      if (primal * primalFactor > dual * DUAL_FACTOR) {
        increases++;
        decreases = 0;
      } else if (primal < dual / DUAL_FACTOR) {
        increases = 0;
        decreases += early ? 0 : 1;
      } else {
        increases = 0;
        decreases = 0;
      }
    } else if (iteration % 100 == 0 && rho < 2 && primal < 0.15 && dual < 0.15) {
      increases = PATIENCE;
      decreases = 0;
    }
    if (iteration > 20 && objectiveStandsStill(objective) && rho < 1) {
      increases = PATIENCE;
      decreases = 0;
    }
    if (rho > 100 || rho < 1e-3) {
      increases = 0;
      decreases = 0;
    }
    if (increases >= PATIENCE) {
      rho *= 2;
      increases = 0;
    }
    if (decreases >= PATIENCE) {
      rho /= 2;
      decreases = 0;
    }
    iteration++;
  }

  /** Keeps or takes up where the schedule stands. */
  public void state(StateArchive archive) {
    int known = archive.count("objectives", objectives.size());
    double[] latest = new double[OBJECTIVE_WINDOW];
    int k = 0;
    for (double objective : objectives) {
      latest[k++] = objective;
    }
    archive.array("latestObjectives", latest);
    objectives.clear();
    for (k = 0; k < known; k++) {
      objectives.addLast(latest[k]);
    }
    rho = archive.number("rho", rho);
    iteration = archive.count("iteration", iteration);
    increases = archive.count("increases", increases);
    decreases = archive.count("decreases", decreases);
  }

  private boolean objectiveStandsStill(double latest) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double objective : objectives) {
      least = Math.min(least, objective);
      most = Math.max(most, objective);
    }
    return most - least < OBJECTIVE_STILL && latest < most && latest > least;
  }
}
