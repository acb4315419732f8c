package io.dualgrid.cli;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * When a noisy course of distances will have come down to zero, by the Theil-Sen line through its
 * latest half: the median of the slopes between all pairs of points, which a good quarter of wild
 * points does not move (Sen, "Estimates of the regression coefficient based on Kendall's tau", J.
 * Amer. Statist. Assoc. 63, 1968).
 */
final class Trend {
  private static final int FEWEST = 10;
  private static final int POINTS = 40;
  private static final int LONGEST_WINDOW = 400;

  /** Of all pairs of points, so many have to fall; of points without a trend half of them do. */
  private static final double CLEAR_SHARE = 0.75;

  /** A line says nothing about what lies further ahead than this many times its own length. */
  private static final double REACH = 3.0;

  private final int fewest;
  private final double[] times = new double[LONGEST_WINDOW];
  private final double[] distances = new double[LONGEST_WINDOW];
  private int count;

  /** A trend of at least ten points. */
  Trend() {
    this(FEWEST);
  }

  /** A trend of at least so many points. */
  Trend(int fewest) {
    this.fewest = fewest;
  }

  /** Notes a distance; times grow. What is not finite is left out. */
  void add(double time, double distance) {
    if (Double.isFinite(distance)) {
      times[count % LONGEST_WINDOW] = time;
      distances[count % LONGEST_WINDOW] = distance;
      count++;
    }
  }

  /**
   * Time from now to distance zero, at least 0; nothing when there is no basis. What has gone by
   * since the latest point, without another to confirm it, takes away half of it at most.
   *
   * @param now not before the latest point
   */
  OptionalDouble left(double now) {
    int window = Math.min(Math.min(count, LONGEST_WINDOW), Math.max(FEWEST, count / 2));
    if (count < fewest) {
      return OptionalDouble.empty();
    }
    if (distances[(count - 1) % LONGEST_WINDOW] <= 0) {
      return OptionalDouble.of(0);
    }
    int points = Math.min(window, POINTS);
    double[] x = new double[points];
    double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      // spread evenly, the latest always among them
      int back = (points - 1 - i) * (window - 1) / (points - 1);
      int at = (count - 1 - back) % LONGEST_WINDOW;
      x[i] = times[at];
      y[i] = distances[at];
    }
    double[] slopes = new double[points * (points - 1) / 2];
    int n = 0;
    int falling = 0;
    for (int i = 0; i < points; i++) {
      for (int j = i + 1; j < points; j++) {
        slopes[n] = (y[j] - y[i]) / (x[j] - x[i]);
        falling += slopes[n] < 0 ? 1 : 0;
        n++;
      }
    }
    double slope = median(slopes);
    if (falling < CLEAR_SHARE * n || !(slope < 0)) {
      return OptionalDouble.empty();
    }
    double[] ends = new double[points];
    for (int i = 0; i < points; i++) {
      ends[i] = y[i] + slope * (x[points - 1] - x[i]);
    }
    double left = Math.max(0, median(ends)) / -slope;
    return left <= REACH * (x[points - 1] - x[0])
        ? OptionalDouble.of(Math.max(0.5 * left, left - (now - x[points - 1])))
        : OptionalDouble.empty();
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
  }
}
