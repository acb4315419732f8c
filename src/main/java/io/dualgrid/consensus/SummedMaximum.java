package io.dualgrid.consensus;

import io.dualgrid.runtime.StateArchive;

/**
 * The largest of some residuals, nearly, from a sum: the norm (Σ vᵖ)^(1/p) with p = 8 is at least
 * the largest v and at most n^(1/8) times it. Operators that see sums only, and those that see
 * everything, steer by the same number so.
 *
 * <p>Shares are taken relative to the last norm, which everybody knows, since secure sums are
 * fixed-point and an eighth power spans many magnitudes.
 */
public final class SummedMaximum {
  private static final int POWER = 8;

  /** Of the first norm, per unit: 16 MW; what is 0.05 or more of it still counts then. */
  private static final double FIRST_SCALE = 16.0;

  /** A share is 2^32 at most, which secure sums take: a norm that grows more is cut to this. */
  private static final double MOST_GROWTH = 16.0;

  /** A norm that shrinks more in one step is known to be small, but not how small. */
  private static final double MOST_SHRINKING = 1.0 / 256;

  private double scale = FIRST_SCALE;

  /** What shares of the next sum are relative to, per unit. */
  public double scale() {
    return scale;
  }

  /**
   * What one energy system adds to the sum.
   *
   * @param value its residual
   * @param scale that all shares of this sum are relative to, positive
   */
  public static double share(double value, double scale) {
    return Math.pow(Math.min(value / scale, MOST_GROWTH), POWER);
  }

  /** The norm behind a sum of shares; later shares are relative to it. */
  public double read(double sum) {
    double norm = scale * Math.pow(Math.max(0.0, sum), 1.0 / POWER);
    scale = Math.max(norm, scale * MOST_SHRINKING);
    return norm;
  }

  /** Keeps or takes up the last norm. */
  public void state(StateArchive archive) {
    scale = archive.number("scale", scale);
  }
}
