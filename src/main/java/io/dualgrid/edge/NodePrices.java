package io.dualgrid.edge;

import java.util.Arrays;

/**
 * The prices of a node's injections, as multipliers: by how much the cost of the whole feeder falls
 * with one more kWh supplied there.
 *
 * @param own of P of each step, then of Q, in currency per kWh and kvarh; empty where the algorithm
 *     has none
 * @param energy the part of them that is the same at all nodes; what is left are the limits of
 *     voltages and flows
 */
record NodePrices(double[] own, double[] energy) {
  static final NodePrices NONE = new NodePrices(new double[0], new double[0]);

  /**
   * Of the prices of a program.
   *
   * @param own at the node, length 2 · steps
   * @param feeder at all nodes, of which the first 2 · steps count
   * @param unit currency per kWh of a price of one
   */
  static NodePrices of(double[] own, double[] feeder, double unit) {
    return new NodePrices(
        Arrays.stream(own).map(price -> unit * price).toArray(),
        Arrays.stream(feeder, 0, own.length).map(price -> unit * price).toArray());
  }
}
