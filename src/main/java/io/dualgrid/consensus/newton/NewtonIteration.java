package io.dualgrid.consensus.newton;

/**
 * What is known after an iteration.
 *
 * @param number from 1 on
 * @param imbalance largest |Σuᵢ| at its begin, per unit
 * @param products mean product of slack and multiplier at its begin
 * @param primalStep length of the step
 * @param dualStep length of the step of prices and multipliers
 * @param rows coupled limits in use
 * @param rounds products asked of the sites
 * @param bound best lower bound so far; negative infinity before the first
 * @param cost of the best feasible point so far; infinite before the first
 */
public record NewtonIteration(
    int number,
    double imbalance,
    double products,
    double primalStep,
    double dualStep,
    int rows,
    int rounds,
    double bound,
    double cost) {

  /** The certified relative distance of the best point from the optimum; infinite without one. */
  public double gap() {
    double gap = cost - bound;
    return Double.isInfinite(gap) ? Double.POSITIVE_INFINITY : gap / Math.max(Math.abs(cost), TINY);
  }

  /** A cost below which a relative gap says nothing, in the program's own unit. */
  private static final double TINY = 1e-9;
}
