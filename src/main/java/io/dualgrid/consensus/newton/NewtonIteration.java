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
 * @param infeasible whether prices have proved that no dispatch meets the limits
 * @param stalled why it goes no further, empty while it does
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
    double cost,
    boolean infeasible,
    String stalled) {

  /** The certified relative distance of the best point from the optimum; infinite without one. */
  public double gap() {
    double gap = cost - bound;
    return Double.isInfinite(gap) ? Double.POSITIVE_INFINITY : gap / measure(cost);
  }

  /** What a distance from a cost is held against. */
  static double measure(double cost) {
    return Math.max(Math.abs(cost), TINY);
  }

  /**
   * A cost below which a relative gap says nothing, and this takes its place: a thousandth of what
   * the base power costs over an hour at the dearest price.
   */
  private static final double TINY = 1e-3;
}
