package io.dualgrid.results;

import io.dualgrid.run.DispatchSeries;
import java.util.Arrays;
import java.util.List;

/**
 * What all connections to the grid above together buy and sell over the horizon.
 *
 * @param boughtKwh energy bought
 * @param soldKwh energy sold
 * @param peakBoughtKw the most that is bought at a step
 * @param peakSoldKw the most that is sold at a step
 */
public record GridExchange(
    double boughtKwh, double soldKwh, double peakBoughtKw, double peakSoldKw) {

  /**
   * Of a dispatch.
   *
   * @param dispatch series of devices, nodes and lines, at least one
   * @param stepHours length of a step
   */
  public static GridExchange of(List<DispatchSeries> dispatch, double stepHours) {
    double[] buys = total(dispatch, "P_buy");
    double[] sells = total(dispatch, "P_sell");
    return new GridExchange(
        stepHours * Arrays.stream(buys).sum(),
        stepHours * Arrays.stream(sells).sum(),
        Arrays.stream(buys).max().orElseThrow(),
        Arrays.stream(sells).max().orElseThrow());
  }

  /** Of devices: what a node sells to its neighbours has the same name. */
  private static double[] total(List<DispatchSeries> dispatch, String quantity) {
    double[] total = new double[dispatch.get(0).values().length];
    for (DispatchSeries series : dispatch) {
      if (series.quantity().equals(quantity) && !series.device().equals("bus")) {
        for (int t = 0; t < total.length; t++) {
          total[t] += series.values()[t];
        }
      }
    }
    return total;
  }
}
