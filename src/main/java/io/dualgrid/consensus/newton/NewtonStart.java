package io.dualgrid.consensus.newton;

import java.util.List;

/**
 * Where a run on the same feeder may begin, for a day that is not much different: prices on the way
 * to the optimum. They are public among the parties of a run. Of a site there is nothing in it:
 * each centres itself at these prices, by its own program.
 *
 * @param centre product of slack and multiplier that the prices belong to, in prices of one
 * @param premiums of the prices π over the price of the root: of P, then of Q, in currency per kWh
 *     and kvarh, length 2T
 * @param limits the coupled limits in use
 */
public record NewtonStart(double centre, double[] premiums, List<LimitPrice> limits) {
  /**
   * A coupled limit in use.
   *
   * @param place where it stands
   * @param price η, by how much the price at a node in currency per kWh grows with the node's part
   *     in the limit
   */
  public record LimitPrice(RowPlace place, double price) {}

  /** Checks the numbers. */
  public NewtonStart {
    if (!(centre > 0)) {
      throw new IllegalArgumentException("centre must be positive, got " + centre);
    }
    limits = List.copyOf(limits);
  }

  /** The places of its limits. */
  public List<RowPlace> places() {
    return limits.stream().map(LimitPrice::place).toList();
  }

  /**
   * As the method counts prices.
   *
   * @param rootPrices π at the price of the root, length 2T, in that unit
   * @param unit currency per kWh of a price of one
   */
  public CoupledPrices over(double[] rootPrices, double unit) {
    double[] prices = rootPrices.clone();
    for (int k = 0; k < prices.length; k++) {
      prices[k] += premiums[k] / unit;
    }
    return new CoupledPrices(
        centre,
        prices,
        places(),
        limits.stream().mapToDouble(limit -> limit.price() / unit).toArray());
  }
}
