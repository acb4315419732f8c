package io.dualgrid.cli;

import io.dualgrid.consensus.Stopping;
import io.dualgrid.run.IterationRecord;

/**
 * How close a run is to its stopping rule, as a share of the way in powers of ten: 0 at the worst
 * value seen, 1 at the tolerance. Residuals fall by about the same factor in every iteration, so
 * this is close to a share of the time, too. The best share so far counts, for a bar that goes back
 * tells nobody anything.
 */
final class Closeness {
  /** Imbalance of injections, per unit, at which the coupled method is about done. */
  private static final double BALANCED = 1e-4;

  private static final double ALMOST = 0.95;

  private final Stopping rule;
  private final double gapTolerance;
  private double worstPrimal;
  private double worstDual;
  private double worstGap;
  private double best;

  Closeness(Stopping rule, double gapTolerance) {
    this.rule = rule;
    this.gapTolerance = gapTolerance;
  }

  /** The share after one more iteration, from 0 to 1. */
  double after(IterationRecord record) {
    worstPrimal = Math.max(worstPrimal, finite(record.primalResidual()));
    worstDual = Math.max(worstDual, finite(record.dualResidual()));
    double primal = share(record.primalResidual(), worstPrimal, Stopping.TOLERANCE);
    if (Double.isNaN(record.dualResidual())) {
      // no copies that change: the imbalance, but for what the last certificate may take yet
      best = Math.max(best, ALMOST * share(record.primalResidual(), worstPrimal, BALANCED));
      double gap = (record.cost() - record.lowerBound()) / Math.abs(record.lowerBound());
      return gap < gapTolerance ? 1.0 : best;
    }
    double change = share(record.dualResidual(), worstDual, Stopping.TOLERANCE);
    if (rule == Stopping.STRICT) {
      double gap = (record.cost() - record.lowerBound()) / Math.abs(record.lowerBound());
      worstGap = Math.max(worstGap, finite(gap));
      // A cost below the bound is that of copies that do not agree yet, and proves nothing.
      change = gap > 0 ? Math.max(change, share(gap, worstGap, gapTolerance)) : change;
    }
    best = Math.max(best, Math.min(primal, change));
    return best;
  }

  private static double share(double value, double worst, double tolerance) {
    if (!(value > tolerance)) {
      return Double.isNaN(value) ? 0.0 : 1.0;
    }
    return worst > tolerance ? Math.log(worst / value) / Math.log(worst / tolerance) : 0.0;
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0.0;
  }
}
