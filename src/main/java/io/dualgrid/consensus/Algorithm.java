package io.dualgrid.consensus;

/** How the consensus is reached. */
public enum Algorithm {
  /** The published consensus ADMM with its penalty schedule. */
  PUBLISHED,
  /** The same messages, far fewer iterations. */
  ACCELERATED,
  /** An interior-point method over all energy systems at once: prices from sums. */
  NEWTON
}
