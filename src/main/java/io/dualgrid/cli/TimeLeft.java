package io.dualgrid.cli;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunSettings;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * An estimate of how long a run will take yet, by the trend in powers of ten of what its algorithm
 * brings down. Under the strict rule a run ends at a certificate, so the gap of certificates
 * counts, once there are three of them, and not how far copies differ; newton knows its gap in its
 * last iteration only, and its imbalances fall by about the same factor in each. Without a clear
 * trend there is no estimate: the limit of iterations is mostly far off.
 */
final class TimeLeft {
  private static final int FEWEST_OF_NEWTON = 4;
  private static final int FEWEST_CERTIFICATES = 3;

  /**
   * A run whose gap seems small enough ends at a certificate to come, if it still is: not sooner
   * than in this share of the iterations between the last two.
   */
  private static final double SOONEST = 0.25;

  private final Stopping rule;
  private final double gapTolerance;
  private final Algorithm algorithm;
  private final int maxIterations;
  private final Trend residuals = new Trend();
  private final Trend gaps = new Trend(FEWEST_CERTIFICATES);
  private int seen;
  private int iteration;
  private int certified;
  private double soonest = 1;
  private double lowerBound = Double.NaN;
  private double firstImbalance = Double.NaN;
  private double imbalance;
  private int firstIteration;

  TimeLeft(RunSettings settings) {
    rule = settings.stopping();
    gapTolerance = settings.gapTolerance();
    algorithm = settings.algorithm();
    maxIterations = settings.maxIterations();
  }

  /** Takes in one more iteration. */
  void after(IterationRecord record) {
    seen++;
    iteration = record.iteration();
    if (algorithm == Algorithm.NEWTON) {
      imbalance = record.primalResidual();
      if (Double.isNaN(firstImbalance)) {
        firstImbalance = imbalance;
        firstIteration = iteration;
      }
      return;
    }
    double worst = Math.max(record.primalResidual(), record.dualResidual());
    if (rule == Stopping.PUBLISHED) {
      residuals.add(iteration, Math.log10(worst / Stopping.TOLERANCE));
    } else if (Double.isFinite(record.lowerBound()) && record.lowerBound() != lowerBound) {
      // a cost below the bound is that of copies that do not agree yet, and as far from the end;
      // one that happens to meet the bound is not at the end while the bound still moves
      double gap =
          Math.max(
              Math.abs(record.cost() - record.lowerBound()),
              Double.isNaN(lowerBound) ? 0 : Math.abs(record.lowerBound() - lowerBound));
      gap /= Math.abs(record.lowerBound());
      gaps.add(iteration, Math.log10(Math.max(gap, gapTolerance) / gapTolerance));
      lowerBound = record.lowerBound();
      soonest = Math.max(1, SOONEST * (iteration - certified));
      certified = iteration;
    }
  }

  /**
   * The estimate for people, such as "about 40 s", or "at most 3 min" where the limit of iterations
   * comes before the end of the trend; empty when there is no basis.
   *
   * @param rate iterations a second
   */
  String text(double rate) {
    OptionalDouble trend = iterationsLeft();
    if (trend.isEmpty() || !(rate > 0)) {
      return "";
    }
    double limit = maxIterations - iteration;
    double left = Math.min(limit, trend.getAsDouble());
    return (left < limit ? "about " : "at most ") + rounded(left / rate);
  }

  /** Iterations to the end of the trend, at least one; empty when there is none yet. */
  OptionalDouble iterationsLeft() {
    OptionalDouble trend;
    if (algorithm == Algorithm.NEWTON) {
      trend = ofNewton();
    } else {
      trend = rule == Stopping.PUBLISHED ? residuals.left(iteration) : gaps.left(iteration);
    }
    return trend.isEmpty() ? trend : OptionalDouble.of(Math.max(soonest, trend.getAsDouble()));
  }

  private OptionalDouble ofNewton() {
    double fall = Math.log10(firstImbalance / imbalance) / (iteration - firstIteration);
    return seen >= FEWEST_OF_NEWTON && fall > 0
        ? OptionalDouble.of(Math.max(0, Math.log10(imbalance / Stopping.TOLERANCE)) / fall)
        : OptionalDouble.empty();
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
