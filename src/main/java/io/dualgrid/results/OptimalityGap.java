package io.dualgrid.results;

/** Distance of a cost from the optimum. */
public final class OptimalityGap {
  private OptimalityGap() {}

  /**
   * (cost − optimum)/|optimum|, so positive for a cost above the optimum whatever its sign; below
   * it, a cost is that of copies that do not agree exactly.
   *
   * @param cost in currency
   * @param optimalCost in currency
   * @return NaN when either is not known
   */
  public static double of(double cost, double optimalCost) {
    return (cost - optimalCost) / Math.abs(optimalCost);
  }
}
