package io.dualgrid.mask;

/**
 * All inequality rows of a program that are parallel on its equality rows, as one two-sided row
 * over the free variables: lower ≤ g·f ≤ upper, g with a largest entry of 1.
 *
 * <p>A side remembers the row it comes from: row = factor · g on the solutions of the equalities.
 */
final class Slab {
  final int[] indices;
  final double[] coefficients;
  double lower = Double.NEGATIVE_INFINITY;
  double upper = Double.POSITIVE_INFINITY;
  int lowerRow = -1;
  int upperRow = -1;
  double lowerFactor;
  double upperFactor;

  /** Outer bounds of g·f on the feasible set, by propagation; perhaps infinite. */
  double smallest = Double.NEGATIVE_INFINITY;

  double largest = Double.POSITIVE_INFINITY;

  private boolean deferred;

  Slab(int[] indices, double[] coefficients) {
    this.indices = indices;
    this.coefficients = coefficients;
  }

  /**
   * Adds the sides of one more row, factor · g.
   *
   * @param rowLower its lower bound less the particular solution's share, negative infinity when it
   *     cannot bind
   * @param rowUpper likewise
   * @param rowSmallest least value by propagation, less the same share
   * @param rowLargest likewise
   */
  void add(
      int row,
      double factor,
      double rowLower,
      double rowUpper,
      double rowSmallest,
      double rowLargest) {
    boolean positive = factor > 0;
    double low = (positive ? rowLower : rowUpper) / factor;
    double high = (positive ? rowUpper : rowLower) / factor;
    if (low > lower) {
      lower = low;
      lowerRow = row;
      lowerFactor = factor;
    }
    if (high < upper) {
      upper = high;
      upperRow = row;
      upperFactor = factor;
    }
    smallest = Math.max(smallest, (positive ? rowSmallest : rowLargest) / factor);
    largest = Math.min(largest, (positive ? rowLargest : rowSmallest) / factor);
  }

  /** g·f. */
  double dot(double[] free) {
    double sum = 0.0;
    for (int k = 0; k < indices.length; k++) {
      sum += coefficients[k] * free[indices[k]];
    }
    return sum;
  }

  /** target += weight · g. */
  void add(double weight, double[] target) {
    for (int k = 0; k < indices.length; k++) {
      target[indices[k]] += weight * coefficients[k];
    }
  }

  /** Whether either side is in use. */
  boolean inUse() {
    return lower != Double.NEGATIVE_INFINITY || upper != Double.POSITIVE_INFINITY;
  }

  /** Leaves out of masked programs, for good, sides farther from zero than a distance. */
  void defer(double distance) {
    if (lower < -distance && lower != Double.NEGATIVE_INFINITY) {
      deferred = true;
      lower = Double.NEGATIVE_INFINITY;
    }
    if (upper > distance && upper != Double.POSITIVE_INFINITY) {
      deferred = true;
      upper = Double.POSITIVE_INFINITY;
    }
  }

  /** Whether both directions are the same but for entries smaller than a tolerance. */
  boolean isNearlyParallel(Slab other, double tolerance) {
    int a = 0;
    int b = 0;
    while (a < indices.length || b < other.indices.length) {
      int left = a < indices.length ? indices[a] : Integer.MAX_VALUE;
      int right = b < other.indices.length ? other.indices[b] : Integer.MAX_VALUE;
      double mine = left <= right ? coefficients[a++] : 0.0;
      double its = right <= left ? other.coefficients[b++] : 0.0;
      if (Math.abs(mine - its) > tolerance) {
        return false;
      }
    }
    return true;
  }

  /** Index of an entry 1, the same for nearly parallel slabs but for ties. */
  int leadingIndex() {
    for (int k = 0; k < indices.length; k++) {
      if (coefficients[k] == 1.0) {
        return indices[k];
      }
    }
    return -1;
  }

  /** Leaves out both sides. */
  void defer() {
    defer(Double.NEGATIVE_INFINITY);
  }

  /** Whether a side that could bind has been left out. */
  boolean hasDeferred() {
    return deferred;
  }
}
