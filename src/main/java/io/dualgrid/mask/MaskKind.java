package io.dualgrid.mask;

/** How a program is masked before it goes to the cloud. */
public enum MaskKind {
  /** The mask of the published study: x = N·R·y + x0 with R a Haar-random rotation, no more. */
  PUBLISHED,
  /**
   * x = N·T·(y + t) + x0 with T random and not orthogonal, a random shift t, randomly scaled,
   * turned, permuted and padded rows, and a randomly scaled objective.
   */
  HARDENED
}
