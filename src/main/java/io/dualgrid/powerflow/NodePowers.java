package io.dualgrid.powerflow;

/**
 * What the nodes of a feeder supply at one step; negative where power is drawn. All arrays have one
 * value a node, in the order of {@link RadialFlow#nodes()}, and are not copied.
 *
 * @param activeKw supply that does not depend on the voltage
 * @param reactiveKvar the same for reactive power
 * @param conductanceKw active power that shunts draw at nominal voltage; it goes by V²
 * @param susceptanceKvar reactive power that shunts supply at nominal voltage; it goes by V²
 */
public record NodePowers(
    double[] activeKw, double[] reactiveKvar, double[] conductanceKw, double[] susceptanceKvar) {

  /** Of a feeder without shunts. */
  public NodePowers(double[] activeKw, double[] reactiveKvar) {
    this(activeKw, reactiveKvar, new double[activeKw.length], new double[activeKw.length]);
  }

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException when they differ
   */
  public NodePowers {
    int n = activeKw.length;
    if (reactiveKvar.length != n || conductanceKw.length != n || susceptanceKvar.length != n) {
      throw new IllegalArgumentException("arrays of different lengths");
    }
  }
}
