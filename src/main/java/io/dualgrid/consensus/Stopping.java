package io.dualgrid.consensus;

/** When a run has converged. */
public enum Stopping {
  /**
   * The published rule: per energy system, mismatch and change of P (in MW) and of V (in p.u. times
   * 1e-3), each below 1e-5; Q is not looked at.
   */
  PUBLISHED,
  /**
   * Per line and quantity (P, Q, V in per unit): mismatch below 1e-5, and the change below 1e-5 or
   * a certified gap below 1e-4.
   */
  STRICT;

  /** Both rules hold each norm to this, per unit. */
  public static final double TOLERANCE = 1e-5;

  /** A certified gap below this, relative to the cost, stands in for a change that is too large. */
  public static final double CERTIFIED_GAP = 1e-4;
}
