package io.dualgrid.powerflow;

/**
 * The power flow of one step. All arrays have one value a node, in the order of {@link
 * RadialFlow#nodes()}; those of a line stand at the node that it ends in, and are 0 at the root.
 *
 * @param converged whether the mismatch is within {@link RadialFlow#TOLERANCE}; the values of a
 *     flow that is not converged mean nothing
 * @param sweeps backward and forward sweeps done
 * @param mismatchPu largest difference of a node's power from what it should be, per unit
 * @param voltagePu magnitude
 * @param angleDegrees angle against the root
 * @param fromKw active power that enters the line above at the end nearer to the root
 * @param fromKvar the same for reactive power
 * @param toKw active power that leaves it at the node
 * @param toKvar the same for reactive power
 * @param rootKw what the root sends into its lines and its shunt, its own load not counted
 * @param rootKvar the same for reactive power
 */
public record FlowSolution(
    boolean converged,
    int sweeps,
    double mismatchPu,
    double[] voltagePu,
    double[] angleDegrees,
    double[] fromKw,
    double[] fromKvar,
    double[] toKw,
    double[] toKvar,
    double rootKw,
    double rootKvar) {

  /** Active power lost in the line above a node. */
  public double lossKw(int node) {
    return fromKw[node] - toKw[node];
  }

  /** Reactive power taken up by the line above a node. */
  public double lossKvar(int node) {
    return fromKvar[node] - toKvar[node];
  }

  /** Active power lost in all lines. */
  public double lossesKw() {
    double sum = 0.0;
    for (int node = 0; node < fromKw.length; node++) {
      sum += lossKw(node);
    }
    return sum;
  }

  /** Apparent power of the line above a node, at the end where it is larger. */
  public double apparentKva(int node) {
    return Math.max(Math.hypot(fromKw[node], fromKvar[node]), Math.hypot(toKw[node], toKvar[node]));
  }
}
