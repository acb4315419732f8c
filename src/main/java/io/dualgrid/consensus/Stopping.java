package io.dualgrid.consensus;

/** When a run has converged. */
public enum Stopping {
  /**
   * The published rule: per energy system, mismatch and change of P (in MW) and of V (in p.u. times
   * 1e-3), each below 1e-5; Q is not looked at.
   */
  PUBLISHED,
  /**
   * A certified gap below the tolerance asked for, at a point whose copies of every line agree:
   * mismatch of P, Q and V below 1e-5 per unit each.
   */
  STRICT;

  /** Both rules hold each norm to this, per unit. */
  public static final double TOLERANCE = 1e-5;

  /** Certified gap, relative to the cost, that second-order methods are run to. */
  public static final double CERTIFIED_GAP = 1e-4;

  /** Certified gap that splitting methods are run to. */
  public static final double COARSE_GAP = 1e-3;
}
