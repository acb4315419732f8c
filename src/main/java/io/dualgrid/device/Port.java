package io.dualgrid.device;

import io.dualgrid.feeder.Line;

/**
 * One end of a line within the program of an energy system: where its copies of the line's flow and
 * voltage stand. The flow is positive from the root to the leaves; the voltage is that of the
 * upstream node.
 *
 * @param line the line
 * @param downstream true at the node the line ends in (its copy is the parent copy), false at the
 *     node it starts from (a child copy)
 * @param active variable of P at each step
 * @param reactive variable of Q at each step
 * @param voltage variable of V at each step; copies of several child lines share the node's own
 *     voltage
 */
public record Port(Line line, boolean downstream, int[] active, int[] reactive, int[] voltage) {

  /** Index of the node at this end. */
  public int node() {
    return downstream ? line.to() : line.from();
  }

  /** Index of the node at the other end. */
  public int neighbour() {
    return downstream ? line.from() : line.to();
  }

  /**
   * Copies the boundary values (P, then Q, then V, per unit) out of a solution.
   *
   * @param x solution of the program
   * @param boundary length 3 · steps, overwritten
   */
  public void read(double[] x, double[] boundary) {
    int steps = active.length;
    for (int t = 0; t < steps; t++) {
      boundary[t] = x[active[t]];
      boundary[steps + t] = x[reactive[t]];
      boundary[2 * steps + t] = x[voltage[t]];
    }
  }

  /**
   * Adds boundary coefficients (P, then Q, then V) at the places of the port's variables.
   *
   * @param boundary length 3 · steps
   * @param target length of the program's variables, added to
   */
  public void addTo(double[] boundary, double[] target) {
    int steps = active.length;
    for (int t = 0; t < steps; t++) {
      target[active[t]] += boundary[t];
      target[reactive[t]] += boundary[steps + t];
      target[voltage[t]] += boundary[2 * steps + t];
    }
  }
}
