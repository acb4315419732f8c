package io.dualgrid.mask.attack.structure;

import java.util.List;

/** The value that most of several readings of one and the same figure agree on. */
final class Agreement {
  /** Relative difference of readings that agree; rounding leaves 1e-9. */
  private static final double SAME = 1e-6;

  private Agreement() {}

  /** The value with most others close to it, the first of several; NaN where there is none. */
  static double of(List<Double> readings) {
    double best = Double.NaN;
    long most = 0;
    for (double candidate : readings) {
      long close = readings.stream().filter(other -> agree(candidate, other)).count();
      if (close > most) {
        most = close;
        best = candidate;
      }
    }
    return best;
  }

  static boolean agree(double first, double second) {
    return Math.abs(first - second) <= SAME * Math.max(Math.abs(first), Math.abs(second));
  }
}
