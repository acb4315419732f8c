package io.dualgrid.parties;

import java.util.ArrayList;
import java.util.List;

/**
 * One energy system in the accelerated consensus, see {@link AcceleratedCoordinator}: the states of
 * its line ends and of its injection, and its half of the map. Used by one thread at a time.
 */
final class AcceleratedEdge {
  private final EdgeSystem edge;
  private final boolean evenDepth;
  private final int steps;
  private final double injectionWeight;
  private final List<MixingBlock> lineBlocks = new ArrayList<>();
  private final MixingBlock hubBlock;

  private final double[][] own; // copies from the solve of this energy system, per line end
  private final double[][] other; // copies of the other end
  private final double[][] linear;
  private final double[] injection;
  private final double[] injectionLinear;
  private final double[] hubFirst; // x1 of the injection
  private final double[] hubSecond; // x2

  /**
   * Sets the states to their start: voltage one, and the price on every injection.
   *
   * @param linePenalties per line end {flow, voltage}
   * @param injectionWeight σ of this energy system
   * @param priceOfStep price times step length, length steps
   */
  AcceleratedEdge(
      EdgeSystem edge,
      boolean evenDepth,
      double[][] linePenalties,
      double injectionWeight,
      double[] priceOfStep,
      int memory) {
    this.edge = edge;
    this.evenDepth = evenDepth;
    this.injectionWeight = injectionWeight;
    steps = priceOfStep.length;
    int ends = edge.ends().size();
    own = new double[ends][3 * steps];
    other = new double[ends][3 * steps];
    linear = new double[ends][3 * steps];
    injection = new double[2 * steps];
    injectionLinear = new double[2 * steps];
    hubFirst = new double[2 * steps];
    hubSecond = new double[2 * steps];
    double[][] weights = new double[ends][];
    for (int e = 0; e < ends; e++) {
      double[] metric = new double[3 * steps];
      for (int i = 0; i < metric.length; i++) {
        metric[i] = linePenalties[e][i < 2 * steps ? 0 : 1];
      }
      weights[e] = metric;
      MixingBlock block = new MixingBlock(metric, 2 * steps, memory);
      for (int t = 0; t < steps; t++) {
        block.w[2 * steps + t] = 1.0;
      }
      lineBlocks.add(block);
    }
    double[] hubMetric = new double[2 * steps];
    java.util.Arrays.fill(hubMetric, injectionWeight);
    hubBlock = new MixingBlock(hubMetric, 2 * steps, memory);
    for (int t = 0; t < steps; t++) {
      hubBlock.w[t] = (evenDepth ? 1 : -1) * priceOfStep[t] / injectionWeight;
    }
    edge.usePenalty(weights, injectionWeight);
  }

  EdgeSystem edge() {
    return edge;
  }

  boolean evenDepth() {
    return evenDepth;
  }

  /** What the hub of this half sums: the states for odd depths, their reflections for even. */
  double[] hubReport() {
    double[] report = new double[2 * steps];
    for (int i = 0; i < report.length; i++) {
      report[i] = evenDepth ? 2 * hubFirst[i] - hubBlock.w[i] : hubBlock.w[i];
    }
    return report;
  }

  /**
   * Takes the correction of this half's hub, δ: the injection's copy at the hub is its state (or
   * reflection) less δ/σ.
   */
  void applyHub(double[] delta) {
    for (int i = 0; i < delta.length; i++) {
      if (evenDepth) {
        hubSecond[i] = 2 * hubFirst[i] - hubBlock.w[i] - delta[i] / injectionWeight;
      } else {
        hubFirst[i] = hubBlock.w[i] - delta[i] / injectionWeight;
      }
    }
  }

  /** Even depths: solves around the state. */
  void solveFirst() {
    edge.clock().start();
    for (int e = 0; e < own.length; e++) {
      MixingBlock block = lineBlocks.get(e);
      for (int i = 0; i < linear[e].length; i++) {
        linear[e][i] = -block.metric(i) * block.w[i];
      }
    }
    for (int i = 0; i < injectionLinear.length; i++) {
      injectionLinear[i] = -injectionWeight * hubBlock.w[i];
    }
    edge.clock().lap(Step.UPDATE);
    solve();
    System.arraycopy(injection, 0, hubFirst, 0, injection.length);
  }

  /** Odd depths: solves around the reflection of the even side's copies. */
  void solveSecond() {
    edge.clock().start();
    for (int e = 0; e < own.length; e++) {
      edge.ends().get(e).readOther(other[e]);
      MixingBlock block = lineBlocks.get(e);
      for (int i = 0; i < linear[e].length; i++) {
        linear[e][i] = -block.metric(i) * (2 * other[e][i] - block.w[i]);
      }
    }
    for (int i = 0; i < injectionLinear.length; i++) {
      injectionLinear[i] = -injectionWeight * (2 * hubFirst[i] - hubBlock.w[i]);
    }
    edge.clock().lap(Step.UPDATE);
    solve();
    System.arraycopy(injection, 0, hubSecond, 0, injection.length);
  }

  private void solve() {
    edge.solve(linear, injectionLinear);
    for (int e = 0; e < own.length; e++) {
      System.arraycopy(edge.ends().get(e).x, 0, own[e], 0, own[e].length);
    }
    edge.readInjection(injection);
  }

  /** Forms the residuals r = x2 − x1 and the consensus z = (x1 + x2)/2 of the iteration. */
  void finish() {
    edge.clock().start();
    for (int e = 0; e < own.length; e++) {
      LineEnd end = edge.ends().get(e);
      if (evenDepth) {
        end.readOther(other[e]);
      }
      double[] first = evenDepth ? own[e] : other[e];
      double[] second = evenDepth ? other[e] : own[e];
      MixingBlock block = lineBlocks.get(e);
      for (int i = 0; i < first.length; i++) {
        block.r[i] = second[i] - first[i];
        end.z[i] = 0.5 * (first[i] + second[i]);
      }
    }
    for (int i = 0; i < hubFirst.length; i++) {
      hubBlock.r[i] = hubSecond[i] - hubFirst[i];
    }
    edge.clock().lap(Step.UPDATE);
  }

  void storeColumn(int slot) {
    lineBlocks.forEach(block -> block.storeColumn(slot));
    hubBlock.storeColumn(slot);
  }

  /** This energy system's inner products: of the line above it and of its injection. */
  void addProducts(int newSlot, double[] report) {
    for (int e = 0; e < own.length; e++) {
      if (edge.ends().get(e).port.downstream()) {
        lineBlocks.get(e).addProducts(newSlot, report);
      }
    }
    hubBlock.addProducts(newSlot, report);
  }

  void mix(double[][] coefficients) {
    lineBlocks.forEach(block -> block.mix(coefficients));
    hubBlock.mix(coefficients);
  }

  void fallBack() {
    lineBlocks.forEach(MixingBlock::fallBack);
    hubBlock.fallBack();
  }
}
