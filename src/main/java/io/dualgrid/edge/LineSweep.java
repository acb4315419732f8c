package io.dualgrid.edge;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Port;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.runtime.Step;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One energy system's part of a backward and forward sweep (Shirmohammadi et al., "A
 * compensation-based power flow method for weakly meshed distribution and transmission networks",
 * IEEE Trans. Power Systems 3(2), 1988): flows are added up from the leaves to the root, voltages
 * follow back, one boundary message a line each way. Who has heard from all lines below sends
 * upwards, who has heard from above sends downwards.
 */
final class LineSweep implements LineHops {
  private final EdgeSystem edge;
  private final NetworkLimits network;
  private final LineEnd up; // null at the root
  private final SweptLimits limits; // null at the root
  private final List<LineEnd> down;
  private double[] point; // null after a root that could not serve
  private int missing; // lines below that have not been heard of
  private UnaryOperator<double[]> atRoot;
  private Consumer<double[]> end;

  LineSweep(EdgeSystem edge, NetworkLimits network) {
    this.edge = edge;
    this.network = network;
    up = edge.ends().stream().filter(line -> line.port.downstream()).findFirst().orElse(null);
    limits = up == null ? null : new SweptLimits(network, edge.program().horizon(), up);
    down = edge.ends().stream().filter(line -> !line.port.downstream()).toList();
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
    missing = down.size();
    if (missing == 0) {
      heardFromBelow(answers);
    }
  }

  @Override
  public void hear(LineEnd line, Consensus consensus, Answers answers) {
    // the consensus of the solution stays what it is
    double[] z = new double[line.z.length];
    double[] other = new double[line.z.length];
    line.open(consensus, z);
    line.readOther(z, other);
    edge.clock().lap(Step.DECRYPT);
    if (line == up) {
      followVoltage(other);
      finish(true, answers);
    } else {
      takeFlows(line, other);
      missing--;
      if (missing == 0) {
        heardFromBelow(answers);
      }
    }
  }

  private void heardFromBelow(Answers answers) {
    if (up == null) {
      double[] served = atRoot.apply(point);
      point = served == null ? point : served;
      for (int variable : edge.program().nodeVoltage()) {
        point[variable] = network.rootLevel();
      }
      finish(served != null, answers);
    } else {
      addUpFlows();
      send(up, answers);
    }
  }

  private void finish(boolean served, Answers answers) {
    for (LineEnd line : down) {
      send(line, answers);
    }
    end.accept(served ? point : null);
  }

  private void send(LineEnd line, Answers answers) {
    double[] values = new double[line.x.length];
    line.port.read(point, values);
    answers.boundary(line, values);
  }

  /** Sets the flow of the line above to what the node and its child lines draw. */
  private void addUpFlows() {
    DesProgram program = edge.program();
    for (int t = 0; t < program.horizon().steps(); t++) {
      double active = -point[program.activeInjection()[t]];
      double reactive = -point[program.reactiveInjection()[t]];
      for (LineEnd line : down) {
        active += point[line.port.active()[t]];
        reactive += point[line.port.reactive()[t]];
      }
      point[up.port.active()[t]] = active;
      point[up.port.reactive()[t]] = reactive;
    }
  }

  private void takeFlows(LineEnd line, double[] other) {
    int steps = edge.program().horizon().steps();
    for (int t = 0; t < steps; t++) {
      point[line.port.active()[t]] = other[t];
      point[line.port.reactive()[t]] = other[steps + t];
    }
  }

  /** Takes the voltage of the node above and computes the own one. */
  private void followVoltage(double[] other) {
    int steps = edge.program().horizon().steps();
    Port port = up.port;
    double resistance = port.line().resistanceOhm() / network.baseImpedanceOhm();
    double reactance = port.line().reactanceOhm() / network.baseImpedanceOhm();
    for (int t = 0; t < steps; t++) {
      point[port.voltage()[t]] = other[2 * steps + t];
      point[edge.program().nodeVoltage()[t]] =
          other[2 * steps + t] / network.levelRatio(port.line())
              - resistance * point[port.active()[t]]
              - reactance * point[port.reactive()[t]];
    }
  }

  /** Whether the node's voltage and the flow of the line above are within their limits. */
  boolean withinLimits(double[] swept) {
    int steps = edge.program().horizon().steps();
    for (int t = 0; up != null && t < steps; t++) {
      if (!limits.keeps(
          swept[edge.program().nodeVoltage()[t]],
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
