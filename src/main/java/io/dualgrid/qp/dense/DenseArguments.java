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
   * The order of a matrix to be kept: at least 1, within {@link #MAX_ENTRIES}.
   *
   * @return k
   * @throws IllegalArgumentException otherwise
   */
  public static int requireOrder(int k) {
    if (k < 1 || (long) k * k > MAX_ENTRIES) {
      throw new IllegalArgumentException("a matrix of order " + k);
    }
    return k;
  }

  /**
   * Reflections of order k.
   *
   * @throws IllegalArgumentException for any other length
   */
  public static void requireReflections(
      double[] reflectors, double[] factors, double[] signs, int k) {
    if (reflectors.length != k * k || factors.length != k || signs.length != k) {
      throw new IllegalArgumentException(
          "reflectors of "
              + reflectors.length
              + " entries, "
              + factors.length
              + " factors and "
              + signs.length
              + " signs, order "
              + k);
    }
  }

  /**
   * A lower triangular matrix of order k.
   *
   * @throws IllegalArgumentException for another order, or an entry elsewhere
   */
  public static void requireTriangle(SparseRows below, double[] diagonal, int k) {
    if (below.count() != k || diagonal.length != k) {
      throw new IllegalArgumentException(
          below.count() + " rows below " + diagonal.length + " diagonal entries, order " + k);
    }
    below.requireBelowDiagonal();
  }

  /**
   * Rows that a matrix of order k is multiplied by from the left.
   *
   * @return entries of the product
   * @throws IllegalArgumentException for a column beyond k, or more entries than {@link
   *     #MAX_ENTRIES}
   */
  public static int requireFactor(SparseRows rows, int k) {
    rows.requireColumnsBelow(k);
    long entries = (long) rows.count() * k;
    if (entries > MAX_ENTRIES) {
      throw new IllegalArgumentException(rows.count() + " rows by order " + k);
    }
    return (int) entries;
  }

  /**
   * One length for each row.
   *
   * @throws IllegalArgumentException otherwise
   */
  public static void requireLengths(SparseRows rows, double[] lengths) {
    if (lengths.length != rows.count()) {
      throw new IllegalArgumentException(lengths.length + " lengths of " + rows.count() + " rows");
    }
  }

  /**
   * Weights between rows.
   *
   * @throws IllegalArgumentException for another order, or an entry beyond it
   */
  public static void requireWeights(SparseRows rows, SparseRows weights) {
    if (weights.count() != rows.count()) {
      throw new IllegalArgumentException(
          weights.count() + " rows of weights for " + rows.count() + " rows");
    }
    weights.requireColumnsBelow(rows.count());
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
