package io.dualgrid.rmme;

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
}
