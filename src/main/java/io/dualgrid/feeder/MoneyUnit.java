package io.dualgrid.feeder;

/**
 * The unit of money that a run counts in, so that neither penalties nor tolerances nor the range of
 * secure sums depend on the currency of a case: with all prices λ times as high it is λ times as
 * much currency, and the run is the same.
 *
 * <p>It comes from public prices alone, so that it tells nothing of any site: the mean buy price of
 * a kWh from the grid above, or the network charge relative to that of the published study, the
 * larger of the two. For the cases of the study, where a kWh costs 0.69 and 0.73, it is one unit of
 * their currency.
 */
public final class MoneyUnit {
  /** Network charge of the published study, currency per kWh. */
  private static final double STUDY_CHARGE = NetworkLimits.PUBLISHED.networkChargePerKwh();

  private MoneyUnit() {}

  /**
   * The unit of a case.
   *
   * @param tariffPerKwh buy prices of the root in currency, one a profile row; the mean of their
   *     amounts counts
   * @param networkChargePerKwh in currency
   * @return in currency, positive; one where all public prices are zero
   */
  public static double of(double[] tariffPerKwh, double networkChargePerKwh) {
    double sum = 0.0;
    for (double price : tariffPerKwh) {
      sum += Math.abs(price);
    }
    double mean = sum / Math.max(tariffPerKwh.length, 1);
    double unit = Math.max(mean, Math.abs(networkChargePerKwh) / STUDY_CHARGE);
    return unit > 0 ? unit : 1.0;
  }
}
