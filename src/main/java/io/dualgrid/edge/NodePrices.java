package io.dualgrid.edge;

import java.util.Arrays;

/**
 * The prices of a node's injections, as multipliers: by how much the cost of the whole feeder falls
 * with one more kWh supplied there. All of P of each step, then of Q, in currency per kWh and
 * kvarh; empty where the algorithm has none. What is left of a price beside the two parts are
 * limits of flows.
 *
 * @param own the whole price; not to be modified
 * @param energy the part that is the same at all nodes; not to be modified
 * @param voltage what limits of voltages add; not to be modified
 */
public record NodePrices(double[] own, double[] energy, double[] voltage) {
  static final NodePrices NONE = new NodePrices(new double[0], new double[0], new double[0]);

  /**
   * Of the prices of a program.
   *
   * @param own at the node, length 2 · steps
   * @param energy at all nodes, of which the first 2 · steps count
   * @param withoutFlows at the node if limits of flows had no price, length 2 · steps
   * @param unit currency per kWh of a price of one
   */
  static NodePrices of(double[] own, double[] energy, double[] withoutFlows, double unit) {
    double[] voltage = new double[own.length];
    for (int k = 0; k < voltage.length; k++) {
      voltage[k] = unit * (withoutFlows[k] - energy[k]);
    }
    return new NodePrices(
        Arrays.stream(own).map(price -> unit * price).toArray(),
        Arrays.stream(energy, 0, own.length).map(price -> unit * price).toArray(),
        voltage);
  }
}
