package io.dualgrid.consensus;

/** How the consensus is reached. */
public enum Algorithm {
  /** The published consensus ADMM with its penalty schedule. */
  PUBLISHED,
  /** The same messages, far fewer iterations. */
  ACCELERATED
}
