package io.dualgrid.consensus.newton;

import io.dualgrid.consensus.Stopping;

/**
 * How the method runs.
 *
 * @param gapTolerance certified relative gap at which it stops
 * @param full whether the operator learns all of ΣJ, or the blocks of each step only
 */
public record NewtonSettings(double gapTolerance, boolean full) {
  /** A certified gap of 0.01 %, from sensitivities within each step only. */
  public static final NewtonSettings DEFAULT = new NewtonSettings(Stopping.CERTIFIED_GAP, false);

  /** Checks the tolerance. */
  public NewtonSettings {
    if (!(gapTolerance > 0)) {
      throw new IllegalArgumentException("gap-tolerance must be positive, got " + gapTolerance);
    }
  }
}
