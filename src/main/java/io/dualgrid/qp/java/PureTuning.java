package io.dualgrid.qp.java;

/**
 * How the pure-Java solver goes about a solve, beside its tolerances; in scaled units.
 *
 * @param sigma weight of the proximal term in x; positive
 * @param rho penalty of the rows; positive
 */
record PureTuning(double sigma, double rho) {

  // Measured on the programs of both published cases, 27,000 solves with penalties of the consensus
  // from 0.01 to 2,000 per unit: every pair of σ in [1e-7, 1e-5] and ρ in [1e5, 1e7] solves them
  // all, and the number of Newton steps differs by less than two from the best pair to the worst.
  // At ρ = 1e8 rounding shows: the multipliers are ρ times a difference of activities near 1.
  static final PureTuning DEFAULT = new PureTuning(1e-6, 1e6);
}
