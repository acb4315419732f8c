package io.dualgrid.edge;

import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.runtime.Step;
import java.util.Arrays;
import java.util.List;

/**
 * One energy system's part of prices that are consistent with the tree. With η the multiplier of a
 * node's voltage (positive at its upper limit, negative at its lower), what a p.u. of voltage at
 * node i costs is
 *
 * <pre>  Sᵢ = ηᵢ + Σ S_c / ratio_c   over the nodes c below,</pre>
 *
 * added up from the leaves; an injection there costs dᵢ = d_parent + (r, x)·Sᵢ more than at the
 * root, which follows back. Since Vᵢ is linear in all injections, the sum over the nodes of ηᵢ·Vᵢ
 * is Σ dᵢᵀuᵢ + Σ ηᵢκᵢV₀ for any η, κᵢV₀ being the voltage without injections. One boundary message
 * a line each way: S in place of the voltage upwards, d in place of the flows downwards.
 */
final class PriceSweep implements LineHops {
  /** Largest number that is sent: half of what the compact encryption carries. */
  private static final double MOST = 5e4;

  private final EdgeSystem edge;
  private final NetworkLimits network;
  private final LineEnd up; // null at the root
  private final List<LineEnd> down;
  private final int steps;
  private double[] worth; // S
  private double[] offsets; // d of P, then of Q
  private double[] above; // d of the node above, zero at the root
  private int missing; // lines below that have not been heard of
  private Runnable end;
  private boolean told; // whether every number could be sent

  PriceSweep(EdgeSystem edge, NetworkLimits network) {
    this.edge = edge;
    this.network = network;
    up = edge.ends().stream().filter(line -> line.port.downstream()).findFirst().orElse(null);
    down = edge.ends().stream().filter(line -> !line.port.downstream()).toList();
    steps = edge.program().horizon().steps();
    offsets = new double[2 * steps];
    above = offsets;
  }

  /**
   * Begins.
   *
   * @param multipliers η of the node's voltage, length steps; copied
   * @param whenKnown told when the offsets are
   */
  void begin(double[] multipliers, Runnable whenKnown, Answers answers) {
    worth = multipliers.clone();
    end = whenKnown;
    told = true;
    missing = down.size();
    if (missing == 0) {
      heardFromBelow(answers);
    }
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
  public void hear(LineEnd line, Consensus consensus, Answers answers) {
    // the consensus of the solution stays what it is
    double[] z = new double[line.z.length];
    double[] other = new double[line.z.length];
    line.open(consensus, z);
    line.readOther(z, other);
    edge.clock().lap(Step.DECRYPT);
    if (line == up) {
      follow(other, answers);
      return;
    }
    for (int t = 0; t < steps; t++) {
      worth[t] += other[2 * steps + t] / line.port.line().ratio();
    }
    missing--;
    if (missing == 0) {
      heardFromBelow(answers);
    }
  }

  private void heardFromBelow(Answers answers) {
    if (up == null) {
      offsets = new double[2 * steps];
      tellBelow(answers);
      return;
    }
    double[] values = new double[3 * steps];
    System.arraycopy(worth, 0, values, 2 * steps, steps);
    send(up, values, answers);
  }

  private void follow(double[] heard, Answers answers) {
    Line line = up.port.line();
    above = Arrays.copyOf(heard, 2 * steps);
    double[] own = new double[2 * steps];
    for (int t = 0; t < steps; t++) {
      own[t] = above[t] + line.resistanceOhm() / network.baseImpedanceOhm() * worth[t];
      own[steps + t] =
          above[steps + t] + line.reactanceOhm() / network.baseImpedanceOhm() * worth[t];
    }
    offsets = own;
    tellBelow(answers);
  }

  private void tellBelow(Answers answers) {
    for (LineEnd line : down) {
      double[] values = new double[3 * steps];
      System.arraycopy(offsets, 0, values, 0, 2 * steps);
      send(line, values, answers);
    }
    end.run();
  }

  /** Sends zeros, so that nothing is said wrong, where a number is out of range. */
  private void send(LineEnd line, double[] values, Answers answers) {
    boolean inRange = Arrays.stream(values).allMatch(value -> Math.abs(value) <= MOST);
    told &= inRange;
    answers.boundary(line, inRange ? values : new double[values.length]);
  }
}
