package io.dualgrid.site;

import io.dualgrid.device.CeilingSum;
import io.dualgrid.device.Horizon;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase.Node;

/**
 * The most that an energy system can add to the optimal cost of any feeder: its devices at full
 * power, the network charge on all that they supply, and the purchase of all that they draw. A
 * lower bound on the optimum above the sum of these proves that there is no optimum.
 */
public final class CostCeiling {
  private CostCeiling() {}

  /**
   * Of a node; a private figure, of which only the sum is shared.
   *
   * <p>At an optimum the root buys at most what all draw, since selling never pays more than buying
   * costs.
   *
   * @param priceOfStep buy price of the root times the step length, in the unit of money of the
   *     horizon, length steps
   * @return in that unit
   */
  public static double of(Node node, Horizon horizon, NetworkLimits limits, double[] priceOfStep) {
    CeilingSum sum = new CeilingSum(horizon, limits.horizonHours());
    node.devices().forEach(device -> device.addCeiling(sum));
    return sum.total(limits.networkChargePerKwh(), priceOfStep);
  }
}
