package io.dualgrid.consensus;

import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.runtime.StateArchive;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Looks for the prices whose lower bound is best, from the bounds and injections at prices tried so
 * far: a proximal bundle method (Lemaréchal, Nemirovskii and Nesterov, "New variants of bundle
 * methods", Math. Prog. 69, 1995; Kiwiel, "Proximity control in bundle methods", Math. Prog. 46,
 * 1990).
 *
 * <p>The bound is a concave function f of the prices δ, and the sum of the injections that answer a
 * price is a supergradient g there. So min over trials j of f_j + gⱼᵀ(δ − δⱼ) lies above f
 * everywhere; the next trial maximises it less ‖δ − δ̂‖²/2t around the best price δ̂. Iterates of
 * an accelerated consensus bounce, and so do the bounds at their prices; these trials do not.
 *
 * <p>Not thread safe. O(trials · length²) a trial.
 */
public final class PriceBundle {
  private static final int MOST_TRIALS = 60;

  /** First step, relative to the size of the prices: a tenth of them. */
  private static final double FIRST_STEP = 0.1;

  private static final double GROWTH = 2.0;
  private static final double DECAY = 0.6;

  /** Part of the promised rise that makes a trial a good one. */
  private static final double GOOD = 0.1;

  private static final double TOLERANCE = 1e-10;

  private final BoundingSolvers solvers;
  private final Deque<Trial> trials = new ArrayDeque<>();
  private Trial best;
  private double step; // t
  private double promised; // rise of the model at the price last given

  private record Trial(double[] price, double bound, double[] injections) {
    static Trial blank(int length) {
      return new Trial(new double[length], 0.0, new double[length]);
    }

    Trial carried(StateArchive archive, String name) {
      archive.array(name + "/price", price);
      archive.array(name + "/injections", injections);
      return new Trial(price, archive.number(name + "/bound", bound), injections);
    }
  }

  /**
   * Without any trial.
   *
   * @param solvers solve for the next price
   */
  public PriceBundle(BoundingSolvers solvers) {
    this.solvers = solvers;
  }

  /**
   * Takes in one evaluation.
   *
   * @param price δ, copied
   * @param bound f(δ), finite
   * @param injections a supergradient of f at δ, of the same length; copied
   */
  public void add(double[] price, double bound, double[] injections) {
    Trial trial = new Trial(price.clone(), bound, injections.clone());
    trials.addLast(trial);
    if (trials.size() > MOST_TRIALS) {
      trials.removeFirst();
    }
    if (best == null) {
      best = trial;
      step = FIRST_STEP * norm(price) / Math.max(norm(injections), 1e-300);
      return;
    }
    boolean wasPromised = promised > 0;
    if (wasPromised) {
      step *= bound - best.bound >= GOOD * promised ? GROWTH : DECAY;
    }
    promised = 0;
    if (bound > best.bound) {
      best = trial;
    }
  }

  /** What is known, which holds as long as the program does, whatever iterates come after. */
  public void state(StateArchive archive) {
    int count = archive.count("trials", trials.size());
    if (count == 0) {
      return;
    }
    int length = archive.count("length", best == null ? 0 : best.price.length);
    step = archive.number("step", step);
    promised = archive.number("promised", promised);
    best = (best == null ? Trial.blank(length) : best).carried(archive, "best");
    List<Trial> known = new ArrayList<>(trials);
    trials.clear();
    for (int k = 0; k < count; k++) {
      Trial trial = k < known.size() ? known.get(k) : Trial.blank(length);
      trials.add(trial.carried(archive, "trial" + k));
    }
  }

  /** The best bound so far, minus infinity before the first. */
  public double bestBound() {
    return best == null ? Double.NEGATIVE_INFINITY : best.bound;
  }

  /**
   * The next price to try.
   *
   * @param worthwhile a rise of the bound below which nothing is worth trying
   * @return null when the model promises less, or there is nothing to start from
   */
  public double[] next(double worthwhile) {
    if (best == null) {
      return null;
    }
    double[] move = maximiseModel();
    if (move == null) {
      return null;
    }
    promised = modelRise(move);
    if (!(promised >= worthwhile)) {
      promised = 0;
      return null;
    }
    for (int i = 0; i < move.length; i++) {
      move[i] += best.price[i];
    }
    return move;
  }

  /** f_j + gⱼᵀ(δ̂ + move − δⱼ) − f(δ̂), the least over the trials. */
  private double modelRise(double[] move) {
    double least = Double.POSITIVE_INFINITY;
    for (Trial trial : trials) {
      double value = aboveBest(trial);
      for (int i = 0; i < move.length; i++) {
        value += trial.injections[i] * move[i];
      }
      least = Math.min(least, value);
    }
    return least;
  }

  /** What a trial says of the best price, over the bound there; not negative but for rounding. */
  private double aboveBest(Trial trial) {
    double value = trial.bound - best.bound;
    for (int i = 0; i < trial.price.length; i++) {
      value += trial.injections[i] * (best.price[i] - trial.price[i]);
    }
    return value;
  }

  /**
   * Minimises −v + Σ mᵢ²/2 over v and m subject to v − √t·gⱼᵀm ≤ eⱼ, all in units of the largest
   * supergradient times √t, so that the program is of order one; the move is √t·m. Null when the
   * program could not be solved.
   */
  private double[] maximiseModel() {
    int length = best.price.length;
    double root = Math.sqrt(step);
    double unit = 1e-300;
    for (Trial trial : trials) {
      unit = Math.max(unit, root * norm(trial.injections));
    }
    double[] quadratic = new double[length + 1]; // zero for v
    Arrays.fill(quadratic, 0, length, 1.0);
    SparseMatrix.Builder rows = SparseMatrix.builder(trials.size(), length + 1);
    double[] upper = new double[trials.size()];
    int row = 0;
    for (Trial trial : trials) {
      for (int i = 0; i < length; i++) {
        rows.add(row, i, -root * trial.injections[i] / unit);
      }
      rows.add(row, length, 1.0);
      upper[row++] = aboveBest(trial) / (unit * unit);
    }
    double[] linear = new double[length + 1];
    linear[length] = -1.0;
    double[] lower = new double[trials.size()];
    Arrays.fill(lower, Double.NEGATIVE_INFINITY);
    QuadraticProgram program =
        new QuadraticProgram(
            "prices", SparseMatrix.diagonal(quadratic), linear, rows.build(), lower, upper);
    double[] move;
    try (QpSolver solver = solvers.setup(program, TOLERANCE)) {
      QpResult result = solver.solve();
      if (result.status() != QpStatus.SOLVED) {
        return null;
      }
      move = Arrays.copyOf(result.x(), length);
    }
    for (int i = 0; i < length; i++) {
      move[i] *= root * unit;
    }
    return move;
  }

  private static double norm(double[] values) {
    double square = 0.0;
    for (double value : values) {
      square += value * value;
    }
    return Math.sqrt(square);
  }
}
