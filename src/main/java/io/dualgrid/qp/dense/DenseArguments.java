package io.dualgrid.qp.dense;

import io.dualgrid.qp.QpArguments;

/** The checks of {@link DenseSolverFactory#setup}'s arguments, alike in every backend. */
public final class DenseArguments {
  /** Entries that H, or G, may have: 2 GB of them, beyond which no masked problem makes sense. */
  public static final int MAX_ENTRIES = 1 << 28;

  private static final String NAME = "dense program";

  private DenseArguments() {}

  /**
   * Sizes within {@link #MAX_ENTRIES}, lengths that agree, finite entries of which trace and
   * lengths of rows do not overflow, a number between the bounds of every row.
   *
   * @throws IllegalArgumentException otherwise
   */
  public static void require(
      int dimension, double[] quadratic, double[] rows, double[] lower, double[] upper) {
    int m = lower.length;
    if (dimension < 1
        || (long) dimension * dimension > MAX_ENTRIES
        || (long) m * dimension > MAX_ENTRIES
        || quadratic.length != dimension * dimension
        || rows.length != m * dimension
        || upper.length != m) {
      throw new IllegalArgumentException(
          String.format(
              "dense program: k = %d, m = %d, H %d, G %d, u %d",
              dimension, m, quadratic.length, rows.length, upper.length));
    }
    for (int i = 0; i < m; i++) {
      if (!(lower[i] <= upper[i]
          && lower[i] < Double.POSITIVE_INFINITY
          && upper[i] > Double.NEGATIVE_INFINITY)) {
        throw new IllegalArgumentException(
            NAME + ": row " + i + " has bounds [" + lower[i] + ", " + upper[i] + "]");
      }
    }
    QpArguments.requireFinite(NAME, "H", quadratic, quadratic.length);
    QpArguments.requireFinite(NAME, "G", rows, rows.length);
    double trace = 0.0;
    for (int j = 0; j < dimension; j++) {
      trace += quadratic[j * dimension + j];
    }
    requireInRange("the trace of H", trace);
    for (int i = 0; i < m; i++) {
      requireInRange(
          "the square of row " + i, Dense.dot(rows, i * dimension, rows, i * dimension, dimension));
    }
  }

  private static void requireInRange(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(NAME + ": " + what + " overflows");
    }
  }

  /**
   * A matrix to be kept: k by k, k at least 1.
   *
   * @throws IllegalArgumentException otherwise
   */
  public static void requireSquare(double[] entries, int k) {
    if (k < 1 || (long) k * k != entries.length) {
      throw new IllegalArgumentException(
          "a matrix of order " + k + " of " + entries.length + " entries");
    }
  }

  /**
   * What a matrix of order k is multiplied by, and its product.
   *
   * @throws IllegalArgumentException for any other length
   */
  public static void requireVectors(double[] vector, double[] product, int k) {
    if (vector.length != k || product.length != k) {
      throw new IllegalArgumentException(
          "vectors of " + vector.length + " and " + product.length + " entries, order " + k);
    }
  }

  /**
   * A start: the right lengths, finite.
   *
   * @throws IllegalArgumentException otherwise
   */
  static void requireStart(double[] point, int dimension, double[] rowMultipliers, int rows) {
    QpArguments.requireFinite(NAME, "point", point, dimension);
    QpArguments.requireFinite(NAME, "multipliers", rowMultipliers, rows);
  }
}
