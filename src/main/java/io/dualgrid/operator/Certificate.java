package io.dualgrid.operator;

import io.dualgrid.consensus.PriceBound;
import io.dualgrid.consensus.PriceBundle;
import io.dualgrid.protocol.Adopt;
import io.dualgrid.protocol.AskAgreement;
import io.dualgrid.protocol.AskBound;
import io.dualgrid.protocol.AskRootPrice;
import io.dualgrid.protocol.Sweep;
import io.dualgrid.protocol.SweepPrices;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.steering.CostLimit;
import java.util.BitSet;
import java.util.function.Supplier;

/**
 * How far a run is from the optimum, as the operator learns it from sums: the cost of a point on
 * which all agree (a sweep along the lines), a lower bound (the dual function at some prices), and,
 * where the two are close enough, the adoption of that point.
 */
final class Certificate {
  /** Prices tried at a certificate besides the present one, at most. */
  private static final int TRIALS = 3;

  /** The same where iterates are at rest, so that little but trials improves the price. */
  private static final int TRIALS_AT_REST = 60;

  /** Part of what was missing that may still be so from one certificate at rest to the next. */
  private static final double STILL_MISSING = 0.9;

  /** A cost has come to rest where it changes by less from one certificate to the next. */
  private static final double RESTING = 1e-4;

  /** A gap of so many tolerances is so near to being certified that a few iterations may do. */
  private static final double NEAR = 1.5;

  /**
   * Part of what is missing that a trial must promise: else no price that is the same at all nodes,
   * or differs by what iterates say of voltage limits, will do.
   */
  private static final double TRIAL_SHARE = 0.02;

  /** Sweeps on end outside of the limits, none inside before, that make a dispatch doubtful. */
  private static final int DOUBTFUL = 2;

  private final Rounds rounds;
  private final BitSet allEnds;
  private final CostLimit limit;
  private final double gapTolerance;
  private final Supplier<PriceBundle> bundles;
  private final PriceBundle uniform;
  private PriceBundle atNodes; // of the last sweep of prices
  private double best = Double.NEGATIVE_INFINITY;
  private double cost = Double.POSITIVE_INFINITY; // of the last sweep
  private double costBefore = Double.POSITIVE_INFINITY; // of the sweep before
  private int outside; // sweeps outside of the limits before the first within
  private boolean within; // whether one was
  private double missingAtRest = Double.POSITIVE_INFINITY; // when last asked whether it falls

  /**
   * Before any sweep.
   *
   * @param limit what no optimum can cost more than
   * @param gapTolerance relative gap below which a point is certified
   * @param bundles make what finds prices
   */
  Certificate(
      Rounds rounds,
      BitSet allEnds,
      CostLimit limit,
      double gapTolerance,
      Supplier<PriceBundle> bundles) {
    this.bundles = bundles;
    uniform = bundles.get();
    atNodes = bundles.get();
    this.rounds = rounds;
    this.allEnds = allEnds;
    this.limit = limit;
    this.gapTolerance = gapTolerance;
  }

  /**
   * Sweeps, and raises the bound.
   *
   * @param atRest whether hardly a better iterate will follow
   * @throws io.dualgrid.consensus.InfeasibleException when the bound proves that there is no
   *     dispatch
   */
  void evaluate(double[] price, boolean atRest) {
    sweep();
    limit.require(raiseBound(price, atRest));
  }

  /** Sweeps only. */
  void sweep() {
    costBefore = cost;
    double[] sum = rounds.sweep(new Sweep());
    cost = Math.round(sum[1]) == 0 ? sum[0] : Double.POSITIVE_INFINITY;
    within |= feasible();
    outside++;
  }

  /** Whether sweeps have met the limits so little that there may be no dispatch that does. */
  boolean doubts() {
    return !within && outside >= DOUBTFUL;
  }

  /** Whether a sweep has met all limits. */
  boolean met() {
    return within;
  }

  /**
   * What certificates have found so far: bounds hold for the whole run, and without the prices that
   * gave them a run that goes on may come to rest before it has found as good ones again.
   */
  void state(StateArchive archive) {
    best = archive.number("best", best);
    cost = archive.number("cost", cost);
    outside = archive.count("outside", outside);
    within = archive.flag("within", within);
    missingAtRest = archive.number("missingAtRest", missingAtRest);
    archive.within("uniform", () -> uniform.state(archive));
  }

  /** The best bound so far, in the unit of money. */
  double lowerBound() {
    return best;
  }

  /** Whether the point of the last sweep is within all limits. */
  boolean feasible() {
    return cost < Double.POSITIVE_INFINITY;
  }

  /** Whether its cost is close enough to the bound. */
  boolean certified() {
    return feasible() && missing(cost) <= 0;
  }

  /** Whether it was so at the last sweep, but for a part of the tolerance. */
  boolean near() {
    return feasible() && missing(cost) <= (NEAR - 1) * gapTolerance * measure(cost);
  }

  /**
   * Whether what is missing has hardly fallen since this was last asked: iterates may be at rest
   * before the prices that the bound wants are found.
   */
  boolean comesNoNearer() {
    if (!feasible()) {
      return false;
    }
    double before = missingAtRest;
    missingAtRest = missing(cost);
    return missingAtRest > STILL_MISSING * before;
  }

  /** Makes it everybody's solution and has it exchanged; whether both ends of all lines agree. */
  boolean adopt() {
    rounds.exchange(new Adopt(), allEnds, allEnds);
    return Math.round(rounds.sum(new AskAgreement())[0]) == 0;
  }

  /**
   * Bounds at the present price, at the one that the root sets, at nodes and, where the cost has
   * come to rest, at more that promise a better one; returns the best bound so far.
   */
  private double raiseBound(double[] price, boolean atRest) {
    addBound(uniform, price);
    if (!certified()) {
      boundAtNodes(price);
    }
    if (feasible() && !certified()) {
      addBound(uniform, rounds.sum(new AskRootPrice(price)));
    }
    boolean resting = Math.abs(cost - costBefore) <= RESTING * measure(cost);
    int trials = atRest ? TRIALS_AT_REST : resting ? TRIALS : 0;
    PriceBundle better = atNodes.bestBound() > uniform.bestBound() ? atNodes : uniform;
    for (int trial = 0; feasible() && trial < trials && !certified(); trial++) {
      double[] next = better.next(TRIAL_SHARE * missing(cost));
      if (next == null) {
        break;
      }
      addBound(better, next);
    }
    return best;
  }

  /**
   * Bounds at prices that differ from node to node by what limits of voltages are worth. What the
   * price of an injection is on average is that of the root, and by how much nodes differ from it
   * on average, as the line multipliers tell both.
   */
  private void boundAtNodes(double[] price) {
    double[] offsets = rounds.sweep(new SweepPrices());
    atNodes = bundles.get();
    boolean limitsCount = Math.round(offsets[price.length + 1]) > 0;
    boolean told = Math.round(offsets[price.length + 2]) == 0;
    if (!limitsCount || !told) {
      return;
    }
    double[] ofRoot = price.clone();
    double size = offsets[price.length];
    for (int t = 0; t < price.length && size > 0; t++) {
      ofRoot[t] -= offsets[t] / size;
    }
    addBound(atNodes, ofRoot);
    if (feasible() && !certified()) {
      addBound(atNodes, rounds.sum(new AskRootPrice(ofRoot)));
    }
  }

  private void addBound(PriceBundle prices, double[] price) {
    PriceBound bound = PriceBound.of(rounds.sum(new AskBound(prices == atNodes, price)));
    if (bound.value() > Double.NEGATIVE_INFINITY) {
      prices.add(price, bound.value(), bound.injections());
      best = Math.max(best, bound.value());
    }
  }

  /** How much the bound is short of certifying a cost, in the unit of money. */
  private double missing(double cost) {
    return cost - gapTolerance * measure(cost) - best;
  }

  /**
   * What a distance from a cost is held against: the cost, or the unit of money if that is more.
   */
  private static double measure(double cost) {
    return Math.max(1.0, Math.abs(cost));
  }
}
