package io.dualgrid.qp;

/** The checks of {@link QpSolver}'s arguments, alike in every backend. */
public final class QpArguments {
  private QpArguments() {}

  /**
   * A vector of the right length whose entries are all finite.
   *
   * @param program name for the message
   * @param vector name for the message
   * @throws IllegalArgumentException otherwise
   */
  public static void requireFinite(String program, String vector, double[] values, int length) {
    requireLength(program, vector, values, length);
    for (int i = 0; i < length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            program + ": " + vector + "[" + i + "] is " + values[i] + ", not a finite number");
      }
    }
  }

  /**
   * A diagonal of P: the right length, finite, nothing negative.
   *
   * @throws IllegalArgumentException otherwise
   */
  public static void requireDiagonal(String program, double[] diagonal, int length) {
    requireFinite(program, "diagonal", diagonal, length);
    for (int i = 0; i < length; i++) {
      if (diagonal[i] < 0) {
        throw new IllegalArgumentException(
            program + ": diagonal[" + i + "] is " + diagonal[i] + ", which is not convex");
      }
    }
  }

  /** Whether a number lies between two bounds, which may be infinite, but not both on one side. */
  static boolean areBounds(double lower, double upper) {
    return lower <= upper && lower < Double.POSITIVE_INFINITY && upper > Double.NEGATIVE_INFINITY;
  }

  private static void requireLength(String program, String vector, double[] values, int length) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          program + ": " + vector + " has length " + values.length + ", expected " + length);
    }
  }
}
