package io.dualgrid.edge;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Port;
import io.dualgrid.feeder.NetworkLimits;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One energy system's part of a sweep over the feeder (LinDistFlow, Baran and Wu, "Optimal
 * capacitor placement on radial distribution systems", IEEE Trans. Power Delivery 4(1), 1989): the
 * flow of a line is what all nodes below it draw, and with U the voltage of nodes where nothing is
 * injected anywhere, that of a node is U·(1 − Σ(r·P + x·Q)/U) over the lines from the root, U in
 * the sum being that of their lower ends.
 */
final class LineSweep implements TreeSums.Quantity {
  private final DesProgram program;
  private final NetworkLimits network;
  private final TreeSums sums;
  private final LineEnd up; // null at the root
  private final SweptLimits limits; // null at the root
  private final double unloaded;
  private double[] point;
  private boolean served; // whether the root could serve
  private UnaryOperator<double[]> atRoot;
  private Consumer<double[]> end;

  /**
   * Before any sweep.
   *
   * @param unloaded voltage of the node where nothing is injected anywhere, in the form of limits
   */
  LineSweep(EdgeSystem edge, TreeSums sums, NetworkLimits network, double unloaded) {
    program = edge.program();
    this.sums = sums;
    this.network = network;
    this.unloaded = unloaded;
    up = sums.up();
    limits = up == null ? null : new SweptLimits(network, program.horizon(), up);
  }

  boolean isRoot() {
    return up == null;
  }

  /**
   * Begins.
   *
   * @param start a point of the program whose injections count; its lines are overwritten
   * @param serve what the root does when the flows of its lines are known; null is no point
   * @param whenKnown takes the point when flows and voltages are known, null where there is none
   */
  void begin(
      double[] start,
      UnaryOperator<double[]> serve,
      Consumer<double[]> whenKnown,
      Answers answers) {
    point = start;
    atRoot = serve;
    end = whenKnown;
    int steps = program.horizon().steps();
    double[] drawn = new double[2 * steps];
    for (int t = 0; t < steps; t++) {
      drawn[t] = -point[program.activeInjection()[t]];
      drawn[steps + t] = -point[program.reactiveInjection()[t]];
    }
    sums.begin(drawn, steps, this, answers);
  }

  @Override
  public double[][] below(double[] above, double[][] below) {
    if (up != null) {
      takeFlows(up.port, above);
    }
    for (int k = 0; k < below.length; k++) {
      takeFlows(sums.down().get(k).port, below[k]);
    }
    served = true;
    if (up == null) {
      double[] met = atRoot.apply(point);
      served = met != null;
      point = served ? met : point;
    }
    double[][] drops = new double[below.length][];
    for (int k = 0; k < below.length; k++) {
      Port port = sums.down().get(k).port;
      double unloadedBelow = unloaded / network.levelRatio(port.line());
      drops[k] = Arrays.stream(lost(port)).map(drop -> drop / unloadedBelow).toArray();
    }
    return drops;
  }

  private void takeFlows(Port port, double[] flows) {
    int steps = program.horizon().steps();
    for (int t = 0; t < steps; t++) {
      point[port.active()[t]] = flows[t];
      point[port.reactive()[t]] = flows[steps + t];
    }
  }

  /** By how much a line lowers voltages, r·P + x·Q of the point's flows. */
  private double[] lost(Port port) {
    double resistance = port.line().resistanceOhm() / network.baseImpedanceOhm();
    double reactance = port.line().reactanceOhm() / network.baseImpedanceOhm();
    double[] lost = new double[program.horizon().steps()];
    for (int t = 0; t < lost.length; t++) {
      lost[t] = resistance * point[port.active()[t]] + reactance * point[port.reactive()[t]];
    }
    return lost;
  }

  @Override
  public void along(double[] path) {
    if (up == null) {
      for (int variable : program.nodeVoltage()) {
        point[variable] = unloaded;
      }
    } else {
      followVoltage(path);
    }
    end.accept(served ? point : null);
  }

  /** The own voltage and that of the node above. */
  private void followVoltage(double[] path) {
    Port port = up.port;
    double[] lost = lost(port);
    for (int t = 0; t < path.length; t++) {
      double own = unloaded * (1.0 - path[t]);
      point[program.nodeVoltage()[t]] = own;
      point[port.voltage()[t]] = (own + lost[t]) * network.levelRatio(port.line());
    }
  }

  /** Whether the node's voltage and the flow of the line above are within their limits. */
  boolean withinLimits(double[] swept) {
    int steps = program.horizon().steps();
    for (int t = 0; up != null && t < steps; t++) {
      if (!limits.keeps(
          swept[program.nodeVoltage()[t]],
          swept[up.port.active()[t]],
          swept[up.port.reactive()[t]])) {
        return false;
      }
    }
    return true;
  }

  /** The line above, null at the root. */
  LineEnd up() {
    return up;
  }
}
