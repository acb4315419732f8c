package io.dualgrid.consensus.newton;

/**
 * How the method runs.
 *
 * @param gapTolerance certified relative gap at which it stops
 * @param full whether the operator learns all of ΣJ, or the blocks of each step only
 */
public record NewtonSettings(double gapTolerance, boolean full) {
  /** Checks the tolerance. */
  public NewtonSettings {
    if (!(gapTolerance > 0)) {
      throw new IllegalArgumentException("gap-tolerance must be positive, got " + gapTolerance);
    }
  }
}
