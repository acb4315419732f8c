package io.dualgrid.qp.dense;

/** The checks of {@link DenseSolverFactory#setup}'s arguments, alike in every backend. */
public final class DenseArguments {
  private DenseArguments() {}

  /**
   * Lengths that agree, lower ≤ upper in every row.
   *
   * @throws IllegalArgumentException otherwise
   */
  public static void require(
      int dimension, double[] quadratic, double[] rows, double[] lower, double[] upper) {
    int m = lower.length;
    if (dimension < 1
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
