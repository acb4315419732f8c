package io.dualgrid.results;

/** Distance of a cost from the optimum. */
public final class OptimalityGap {
  /** In units of money, see {@link io.dualgrid.feeder.MoneyUnit}; a share of it says nothing. */
  private static final double NOTHING = 0.005;

  private OptimalityGap() {}

  /**
   * (cost − optimum)/|optimum|, so positive for a cost above the optimum whatever its sign; below
   * it, a cost is that of copies that do not agree exactly.
   *
   * @param cost in currency
   * @param optimalCost in currency
   * @param moneyUnit of the case in currency
   * @return NaN when either is not known, or the optimum is next to nothing
   */
  public static double of(double cost, double optimalCost, double moneyUnit) {
    if (Math.abs(optimalCost) < NOTHING * moneyUnit) {
      return Double.NaN;
    }
    return (cost - optimalCost) / Math.abs(optimalCost);
  }
}
