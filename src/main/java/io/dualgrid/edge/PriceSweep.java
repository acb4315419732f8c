package io.dualgrid.edge;

import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import java.util.Arrays;

/**
 * One energy system's part of prices that are consistent with the tree. With ηⱼ the multiplier of
 * the voltage of node j (positive at its upper limit, negative at its lower) and Uⱼ its voltage
 * where nothing is injected anywhere, what a p.u. of voltage at node i costs is
 *
 * <pre>  Sᵢ = Σ ηⱼUⱼ / Uᵢ   over the nodes j below, i included,</pre>
 *
 * and an injection at i costs dᵢ = Σ (r, x)·S more than at the root, over the lines from there, S
 * being that of their lower ends. Since Vᵢ is linear in all injections, the sum over the nodes of
 * ηᵢ·Vᵢ is Σ dᵢᵀuᵢ + Σ ηᵢUᵢ for any η.
 */
final class PriceSweep implements TreeSums.Quantity {
  /** Largest number that is sent: what sums of all nodes have room for. */
  private static final double MOST = 1e9;

  private final NetworkLimits network;
  private final TreeSums sums;
  private final int steps;
  private final double unloaded;
  private double[] worth; // S of the node, at the root zeros
  private double[] offsets; // d of P, then of Q
  private double[] above; // d of the node above, zero at the root
  private Runnable end;
  private boolean told; // whether every number could be sent

  /**
   * Before any sweep.
   *
   * @param unloaded voltage of the node where nothing is injected anywhere, in the form of limits
   */
  PriceSweep(EdgeSystem edge, TreeSums sums, NetworkLimits network, double unloaded) {
    this.sums = sums;
    this.network = network;
    this.unloaded = unloaded;
    steps = edge.program().horizon().steps();
    offsets = new double[2 * steps];
    above = offsets;
    worth = new double[steps];
  }

  /**
   * Begins.
   *
   * @param multipliers η of the node's voltage, length steps; not modified
   * @param whenKnown told when the offsets are
   */
  void begin(double[] multipliers, Runnable whenKnown, Answers answers) {
    end = whenKnown;
    told = true;
    double[] own = Arrays.stream(multipliers).map(value -> value * unloaded).toArray();
    sums.begin(sent(own), 2 * steps, this, answers);
  }

  /** By how much a price at the node differs from the root's: d of P, then of Q. */
  double[] offsets() {
    return offsets;
  }

  /** The same of the node above; zeros at the root. */
  double[] offsetsAbove() {
    return above;
  }

  /** Whether all that was to be sent could be: else the offsets of others say nothing. */
  boolean told() {
    return told;
  }

  @Override
  public double[][] below(double[] ofSubtree, double[][] below) {
    if (ofSubtree != null) {
      worth = Arrays.stream(ofSubtree).map(value -> value / unloaded).toArray();
    }
    double[][] added = new double[below.length][];
    for (int k = 0; k < below.length; k++) {
      Line line = sums.down().get(k).port.line();
      double unloadedBelow = unloaded / network.levelRatio(line);
      added[k] =
          sent(dearer(line, Arrays.stream(below[k]).map(value -> value / unloadedBelow).toArray()));
    }
    return added;
  }

  /** By how much a line makes injections below it dearer: of P, then of Q. */
  private double[] dearer(Line line, double[] worthBelow) {
    double[] added = new double[2 * steps];
    for (int t = 0; t < steps; t++) {
      added[t] = line.resistanceOhm() / network.baseImpedanceOhm() * worthBelow[t];
      added[steps + t] = line.reactanceOhm() / network.baseImpedanceOhm() * worthBelow[t];
    }
    return added;
  }

  @Override
  public void along(double[] path) {
    offsets = path;
    above = path;
    if (sums.up() != null) {
      double[] last = dearer(sums.up().port.line(), worth);
      above = new double[path.length];
      for (int i = 0; i < path.length; i++) {
        above[i] = path[i] - last[i];
      }
    }
    end.run();
  }

  /** Zeros, so that nothing is said wrong, where a number is out of range. */
  private double[] sent(double[] values) {
    boolean inRange = Arrays.stream(values).allMatch(value -> Math.abs(value) <= MOST);
    told &= inRange;
    return inRange ? values : new double[values.length];
  }
}
