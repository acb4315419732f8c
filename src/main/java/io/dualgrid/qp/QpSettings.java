package io.dualgrid.qp;

/**
 * Tolerances and limits of a solve, in the units of the program (per unit, here).
 *
 * @param absoluteTolerance on the largest row violation and dual residual; positive
 * @param relativeTolerance relative to the largest term of the residual; not negative
 * @param maxIterations of one solve; positive
 */
public record QpSettings(double absoluteTolerance, double relativeTolerance, int maxIterations) {
  /** What the engine uses where nothing else is said: 1e-7 absolute, 1e-9 relative. */
  public static final QpSettings DEFAULT = new QpSettings(1e-7, 1e-9, 20_000);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public QpSettings {
    if (!(absoluteTolerance > 0) || !(relativeTolerance >= 0) || maxIterations < 1) {
      throw new IllegalArgumentException(
          "tolerances "
              + absoluteTolerance
              + ", "
              + relativeTolerance
              + ", iterations "
              + maxIterations);
    }
  }

  /** The same tolerances with another limit. */
  public QpSettings withMaxIterations(int limit) {
    return new QpSettings(absoluteTolerance, relativeTolerance, limit);
  }
}
