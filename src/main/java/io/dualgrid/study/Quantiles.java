package io.dualgrid.study;

import java.util.Arrays;

/**
 * Quantiles of a sample by linear interpolation between order statistics: with x(0) ≤ … ≤ x(n−1)
 * and h = (n − 1)·p, Q(p) = x(⌊h⌋) + (h − ⌊h⌋)·(x(⌊h⌋ + 1) − x(⌊h⌋)). Type 7 of Hyndman and Fan,
 * "Sample Quantiles in Statistical Packages", The American Statistician 50(4), 1996; the default of
 * R and NumPy.
 */
final class Quantiles {
  private final double[] sorted;

  /**
   * Of a sample.
   *
   * @param sample at least one value, none NaN; not modified
   */
  Quantiles(double[] sample) {
    if (sample.length == 0) {
      throw new IllegalArgumentException("no value");
    }
    sorted = sample.clone();
    Arrays.sort(sorted);
  }

  /**
   * The quantile.
   *
   * @param p from 0 to 1
   */
  double at(double p) {
    double h = (sorted.length - 1) * p;
    int below = (int) Math.floor(h);
    double low = sorted[below];
    return h == below ? low : low + (h - below) * (sorted[below + 1] - low);
  }

  /** The arithmetic mean. */
  double mean() {
    return Arrays.stream(sorted).average().orElseThrow();
  }

  /** How many values. */
  int count() {
    return sorted.length;
  }
}
