package io.dualgrid.qp.pure;

/**
 * How the pure-Java solver goes about a solve, beside its tolerances; all in scaled units.
 *
 * @param sigma weight of the proximal term in x; positive
 * @param penalty ρ of every row at the start; positive
 * @param growth factor on the ρ of a row whose violation does not fall; above 1
 * @param largestPenalty ρ is raised up to this
 */
record PureTuning(double sigma, double penalty, double growth, double largestPenalty) {

  // Measured on the programs of both published cases, see the package description: the larger ρ,
  // the fewer multiplier steps, until 1/ρ meets the rounding of the factorisation. σ must be small
  // beside the smallest penalty of the consensus and large beside rounding.
  static final PureTuning DEFAULT = new PureTuning(1e-7, 1e6, 10.0, 1e9);
}
