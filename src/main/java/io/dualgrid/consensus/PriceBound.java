package io.dualgrid.consensus;

import java.util.Arrays;

/**
 * A lower bound on the optimal cost at some prices, as a secure sum over the energy systems gives
 * it.
 *
 * @param value in the unit of money, minus infinity when some energy system could not bound its
 *     part
 * @param injections that answer the prices, in money per unit of price: a supergradient of the
 *     bound
 */
public record PriceBound(double value, double[] injections) {
  /** The report of an energy system: a secure sum takes finite numbers only. */
  public static double[] report(double bound, double[] injections) {
    if (!Double.isFinite(bound)) {
      return none(injections.length);
    }
    double[] report = Arrays.copyOf(injections, injections.length + 2);
    report[injections.length] = bound;
    return report;
  }

  /** Of an energy system without a bound, which is counted instead. */
  public static double[] none(int prices) {
    double[] report = new double[prices + 2];
    report[prices + 1] = 1.0;
    return report;
  }

  /** What a sum of reports gives. */
  public static PriceBound of(double[] sum) {
    int prices = sum.length - 2;
    boolean bounded = Math.round(sum[prices + 1]) == 0;
    return new PriceBound(
        bounded ? sum[prices] : Double.NEGATIVE_INFINITY, Arrays.copyOf(sum, prices));
  }
}
