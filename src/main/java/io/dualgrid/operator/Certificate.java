package io.dualgrid.operator;

import io.dualgrid.consensus.PriceBound;
import io.dualgrid.consensus.PriceBundle;
import io.dualgrid.protocol.Adopt;
import io.dualgrid.protocol.AskAgreement;
import io.dualgrid.protocol.AskBound;
import io.dualgrid.protocol.AskRootPrice;
import io.dualgrid.protocol.Sweep;
import java.util.BitSet;

/**
 * How far a run is from the optimum, as the operator learns it from sums: the cost of a point on
 * which all agree (a sweep along the lines), a lower bound (the dual function at some prices), and,
 * where the two are close enough, the adoption of that point.
 */
final class Certificate {
  /** Prices tried at a certificate besides the present one, at most. */
  private static final int TRIALS = 3;

  /** The same where no better iterate follows, so that only trials improve the price. */
  private static final int LAST_TRIALS = 60;

  /** A cost has come to rest where it changes by less from one certificate to the next. */
  private static final double RESTING = 1e-4;

  /**
   * Part of what is missing that a trial must promise: else voltages bind, and no price will do.
   */
  private static final double TRIAL_SHARE = 0.02;

  private final Rounds rounds;
  private final BitSet allEnds;
  private final CostLimit limit;
  private final double gapTolerance;
  private final PriceBundle prices = new PriceBundle();
  private double cost = Double.POSITIVE_INFINITY; // of the last sweep
  private double costBefore = Double.POSITIVE_INFINITY; // of the sweep before

  /**
   * Before any sweep.
   *
   * @param limit what no optimum can cost more than
   * @param gapTolerance relative gap below which a point is certified
   */
  Certificate(Rounds rounds, BitSet allEnds, CostLimit limit, double gapTolerance) {
    this.rounds = rounds;
    this.allEnds = allEnds;
    this.limit = limit;
    this.gapTolerance = gapTolerance;
  }

  /**
   * Sweeps, and raises the bound.
   *
   * @param last whether no better iterate will follow
   * @throws io.dualgrid.consensus.InfeasibleException when the bound proves that there is no
   *     dispatch
   */
  void evaluate(double[] price, boolean last) {
    costBefore = cost;
    double[] sum = rounds.sweep(new Sweep());
    cost = Math.round(sum[1]) == 0 ? sum[0] : Double.POSITIVE_INFINITY;
    limit.require(raiseBound(price, last));
  }

  /** The best bound so far, in the unit of money. */
  double lowerBound() {
    return prices.bestBound();
  }

  /** Whether the point of the last sweep is within all limits. */
  boolean feasible() {
    return cost < Double.POSITIVE_INFINITY;
  }

  /** Whether its cost is close enough to the bound. */
  boolean certified() {
    return feasible() && missing(cost) <= 0;
  }

  /** Makes it everybody's solution and has it exchanged; whether both ends of all lines agree. */
  boolean adopt() {
    rounds.exchange(new Adopt(), allEnds, allEnds);
    return Math.round(rounds.sum(new AskAgreement())[0]) == 0;
  }

  /**
   * Bounds at the present price, at the one that the root sets and, where the cost has come to
   * rest, at more that promise a better one; returns the best bound so far.
   */
  private double raiseBound(double[] price, boolean last) {
    addBound(price);
    if (feasible() && missing(cost) > 0) {
      addBound(rounds.sum(new AskRootPrice(price)));
    }
    boolean resting = Math.abs(cost - costBefore) <= RESTING * measure(cost);
    int trials = last ? LAST_TRIALS : resting ? TRIALS : 0;
    for (int trial = 0; feasible() && trial < trials && missing(cost) > 0; trial++) {
      double[] next = prices.next(TRIAL_SHARE * missing(cost));
      if (next == null) {
        break;
      }
      addBound(next);
    }
    return prices.bestBound();
  }

  private void addBound(double[] price) {
    PriceBound bound = PriceBound.of(rounds.sum(new AskBound(price)));
    if (bound.value() > Double.NEGATIVE_INFINITY) {
      prices.add(price, bound.value(), bound.injections());
    }
  }

  /** How much the bound is short of certifying a cost, in the unit of money. */
  private double missing(double cost) {
    return cost - gapTolerance * measure(cost) - prices.bestBound();
  }

  /**
   * What a distance from a cost is held against: the cost, or the unit of money if that is more.
   */
  private static double measure(double cost) {
    return Math.max(1.0, Math.abs(cost));
  }
}
