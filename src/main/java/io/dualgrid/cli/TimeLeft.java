package io.dualgrid.cli;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunSettings;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * An estimate of how long a run will take yet: by the trend of its residuals in powers of ten, or,
 * under the strict rule, of its certified gap if that is the sooner; never more than to the limit
 * of iterations. Without a clear trend it is the limit alone.
 */
final class TimeLeft {
  private static final int FEWEST_ITERATIONS = 10;

  private final Stopping rule;
  private final double gapTolerance;
  private final boolean hasTrend;
  private final int maxIterations;
  private final Trend residuals = new Trend();
  private final Trend gaps = new Trend();
  private int seen;
  private int iteration;

  TimeLeft(RunSettings settings) {
    rule = settings.stopping();
    gapTolerance = settings.gapTolerance();
    // newton is done after some twenty iterations, and knows its gap in the last of them only
    hasTrend = settings.algorithm() != Algorithm.NEWTON;
    maxIterations = settings.maxIterations();
  }

  /** Takes in one more iteration. */
  void after(IterationRecord record) {
    seen++;
    iteration = record.iteration();
    double worst = Math.max(record.primalResidual(), record.dualResidual());
    residuals.add(iteration, Math.log10(worst / Stopping.TOLERANCE));
    if (rule == Stopping.STRICT) {
      double gap = (record.cost() - record.lowerBound()) / Math.abs(record.lowerBound());
      // a cost below the bound is that of copies that do not agree yet
      gaps.add(iteration, gap > 0 ? Math.log10(gap / gapTolerance) : Double.NaN);
    }
  }

  /**
   * The estimate for people, such as "about 40 s" or, to the limit of iterations, "at most 3 min";
   * empty when there is no basis yet.
   *
   * @param rate iterations a second
   */
  String text(double rate) {
    if (!hasTrend || seen < FEWEST_ITERATIONS || !(rate > 0)) {
      return "";
    }
    double limit = maxIterations - iteration;
    double trend = Math.min(orLimit(residuals.left(), limit), orLimit(gaps.left(), limit));
    return (trend < limit ? "about " : "at most ") + rounded(trend / rate);
  }

  private static double orLimit(OptionalDouble iterations, double limit) {
    return Math.min(limit, Math.ceil(iterations.orElse(limit)));
  }

  /** No more digits than an estimate deserves. */
  static String rounded(double seconds) {
    if (seconds < 10) {
      return Math.max(1, Math.round(seconds)) + " s";
    }
    if (seconds < 57.5) {
      return 5 * Math.round(seconds / 5) + " s";
    }
    double minutes = seconds / 60;
    if (minutes < 9.75) {
      double halves = 0.5 * Math.round(2 * minutes);
      return (halves == Math.rint(halves)
              ? String.valueOf((int) halves)
              : String.format(Locale.ROOT, "%.1f", halves))
          + " min";
    }
    return minutes < 87.5 ? 5 * Math.round(minutes / 5) + " min" : Math.round(minutes / 60) + " h";
  }
}
