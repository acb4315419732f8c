package io.dualgrid.results.report;

import java.util.Arrays;
import java.util.List;

/**
 * How far the values of several series lie apart at each step.
 *
 * @param low the lowest of all
 * @param mean of all
 * @param high the highest
 */
record Spread(double[] low, double[] mean, double[] high) {
  /** Of series of one length, at least one of them. */
  static Spread of(List<double[]> series) {
    int steps = series.get(0).length;
    double[] low = new double[steps];
    double[] mean = new double[steps];
    double[] high = new double[steps];
    for (int t = 0; t < steps; t++) {
      int step = t;
      double[] now = series.stream().mapToDouble(values -> values[step]).toArray();
      low[t] = Arrays.stream(now).min().orElseThrow();
      mean[t] = Arrays.stream(now).average().orElseThrow();
      high[t] = Arrays.stream(now).max().orElseThrow();
    }
    return new Spread(low, mean, high);
  }
}
