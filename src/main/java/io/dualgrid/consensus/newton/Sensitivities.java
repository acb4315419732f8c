package io.dualgrid.consensus.newton;

/** Who learns what of how all injections together answer prices. */
public enum Sensitivities {
  /** The operator, within each step. */
  BLOCKS,
  /** The operator, between all steps. */
  FULL,
  /** The root, which solves for prices, within each step; the operator learns no sum at all. */
  ROOT
}
