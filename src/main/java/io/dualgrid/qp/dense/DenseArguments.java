package io.dualgrid.qp.dense;

/** The checks of {@link DenseSolverFactory#setup}'s arguments, alike in every backend. */
public final class DenseArguments {
  /** Entries that H, or G, may have: 2 GB of them, beyond which no masked problem makes sense. */
  public static final int MAX_ENTRIES = 1 << 28;

  private DenseArguments() {}

  /**
   * Sizes within {@link #MAX_ENTRIES}, lengths that agree, lower ≤ upper in every row.
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
      if (!(lower[i] <= upper[i])) {
        throw new IllegalArgumentException(
            "dense program: row " + i + " has bounds [" + lower[i] + ", " + upper[i] + "]");
      }
    }
  }
}
