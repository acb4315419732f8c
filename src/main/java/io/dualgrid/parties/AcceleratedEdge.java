package io.dualgrid.parties;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One energy system in the accelerated consensus, see {@link AcceleratedCoordinator}: the states of
 * its line ends and of its injections, and its half of the map. Used by one thread at a time.
 */
final class AcceleratedEdge {
  private final EdgeSystem edge;
  private final boolean evenDepth;
  private final int steps;
  private final double injectionWeight;
  private final double hubWeight; // the same, or zero where there is no hub
  private final double[][] penalties; // per line end, the metric of its block
  private final List<MixingBlock> lineBlocks = new ArrayList<>();
  private final MixingBlock hubBlock;

  private final double[][] own; // copies from the solve of this energy system, per line end
  private final double[][] other; // copies of the other end
  private final double[][] linear;
  private final double[] injection; // active, then reactive
  private final double[] injectionLinear;
  private final double[] hubFirst; // x1 of the injections, active, then reactive
  private final double[] hubSecond; // x2

  private double proximalWeight;
  private final double[] centre; // of the proximal term, active, then reactive

  private final double[][] referenceCopies; // x2 at the last look at the penalties
  private final double[][] referenceMultipliers;

  /**
   * Sets the states to their start: voltage one, and the price on every injection, by the hub's
   * states, or on every line where there is no hub.
   *
   * @param linePenalties per line end {flow, voltage}
   * @param injectionWeight σ of this energy system
   * @param hub whether there is a hub
   * @param priceOfStep price times step length, length steps
   */
  AcceleratedEdge(
      EdgeSystem edge,
      boolean evenDepth,
      double[][] linePenalties,
      double injectionWeight,
      boolean hub,
      double[] priceOfStep,
      int memory) {
    this.edge = edge;
    this.evenDepth = evenDepth;
    this.injectionWeight = injectionWeight;
    hubWeight = hub ? injectionWeight : 0.0;
    steps = priceOfStep.length;
    int ends = edge.ends().size();
    penalties = new double[ends][3 * steps];
    own = new double[ends][3 * steps];
    other = new double[ends][3 * steps];
    linear = new double[ends][3 * steps];
    referenceCopies = new double[ends][3 * steps];
    referenceMultipliers = new double[ends][3 * steps];
    injection = new double[2 * steps];
    injectionLinear = new double[2 * steps];
    centre = new double[2 * steps];
    hubFirst = new double[2 * steps];
    hubSecond = new double[2 * steps];
    for (int e = 0; e < ends; e++) {
      Arrays.fill(penalties[e], 0, 2 * steps, linePenalties[e][0]);
      Arrays.fill(penalties[e], 2 * steps, 3 * steps, linePenalties[e][1]);
      MixingBlock block = new MixingBlock(penalties[e], memory);
      Arrays.fill(block.w, 2 * steps, 3 * steps, 1.0);
      // the copy of an odd depth carries +λ, and what flows in from above is minus the injection
      boolean lowerEndEven = edge.ends().get(e).port.downstream() == evenDepth;
      for (int t = 0; t < steps && !hub; t++) {
        block.w[t] = (lowerEndEven ? 1 : -1) * priceOfStep[t] / penalties[e][t];
      }
      lineBlocks.add(block);
    }
    double[] hubMetric = new double[2 * steps];
    Arrays.fill(hubMetric, injectionWeight);
    hubBlock = new MixingBlock(hubMetric, memory);
    for (int t = 0; t < steps && hub; t++) {
      hubBlock.w[t] = (evenDepth ? 1 : -1) * priceOfStep[t] / injectionWeight;
    }
    usePenalties();
  }

  EdgeSystem edge() {
    return edge;
  }

  boolean evenDepth() {
    return evenDepth;
  }

  private void usePenalties() {
    double weight = hubWeight + proximalWeight;
    edge.usePenalty(penalties, weight, weight);
  }

  /** Keeps or takes up what the next iteration depends on. */
  void state(StateArchive archive) {
    archive.within(
        "node" + edge.nodeId(),
        () -> {
          edge.state(archive);
          for (int e = 0; e < own.length; e++) {
            int end = e;
            archive.within(
                "line" + edge.ends().get(e).line,
                () -> {
                  lineBlocks.get(end).state(archive);
                  archive.array("penalties", penalties[end]);
                  archive.array("referenceCopies", referenceCopies[end]);
                  archive.array("referenceMultipliers", referenceMultipliers[end]);
                });
          }
          archive.within("hub", () -> hubBlock.state(archive));
          archive.array("centre", centre);
          proximalWeight = archive.number("proximalWeight", proximalWeight);
        });
    usePenalties();
  }

  /** What the hub of this half sums: the states for odd depths, their reflections for even. */
  double[] hubReport() {
    double[] report = new double[2 * steps];
    for (int t = 0; t < report.length; t++) {
      report[t] = evenDepth ? 2 * hubFirst[t] - hubBlock.w[t] : hubBlock.w[t];
    }
    return report;
  }

  /**
   * Takes the correction of this half's hub, δ: an injection's copy at the hub is its state (or
   * reflection) less δ/σ.
   */
  void applyHub(double[] delta) {
    for (int t = 0; t < delta.length; t++) {
      if (evenDepth) {
        hubSecond[t] = 2 * hubFirst[t] - hubBlock.w[t] - delta[t] / injectionWeight;
      } else {
        hubFirst[t] = hubBlock.w[t] - delta[t] / injectionWeight;
      }
    }
  }

  /** Even depths: solves around the state. */
  void solveFirst() {
    edge.clock().start();
    for (int e = 0; e < own.length; e++) {
      MixingBlock block = lineBlocks.get(e);
      for (int i = 0; i < linear[e].length; i++) {
        linear[e][i] = -penalties[e][i] * block.w[i];
      }
    }
    for (int t = 0; t < injectionLinear.length; t++) {
      injectionLinear[t] = -hubWeight * hubBlock.w[t];
    }
    solve();
    if (hubWeight > 0) {
      System.arraycopy(injection, 0, hubFirst, 0, hubFirst.length);
    }
  }

  /** Odd depths: solves around the reflection of the even side's copies. */
  void solveSecond() {
    edge.clock().start();
    for (int e = 0; e < own.length; e++) {
      edge.ends().get(e).readOther(other[e]);
      MixingBlock block = lineBlocks.get(e);
      for (int i = 0; i < linear[e].length; i++) {
        linear[e][i] = -penalties[e][i] * (2 * other[e][i] - block.w[i]);
      }
    }
    for (int t = 0; t < injectionLinear.length; t++) {
      injectionLinear[t] = -hubWeight * (2 * hubFirst[t] - hubBlock.w[t]);
    }
    solve();
    if (hubWeight > 0) {
      System.arraycopy(injection, 0, hubSecond, 0, hubSecond.length);
    }
  }

  private void solve() {
    for (int t = 0; t < injectionLinear.length; t++) {
      injectionLinear[t] -= proximalWeight * centre[t];
    }
    edge.clock().lap(Step.UPDATE);
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
      double[] first = first(e);
      double[] second = second(e);
      MixingBlock block = lineBlocks.get(e);
      for (int i = 0; i < first.length; i++) {
        block.r[i] = second[i] - first[i];
      }
    }
    formConsensus();
    for (int t = 0; t < hubBlock.r.length; t++) {
      hubBlock.r[t] = hubSecond[t] - hubFirst[t];
    }
    edge.clock().lap(Step.UPDATE);
  }

  /** z = (x1 + x2)/2 of every line end, from the copies of the last iteration. */
  void formConsensus() {
    for (int e = 0; e < own.length; e++) {
      double[] first = first(e);
      double[] second = second(e);
      double[] z = edge.ends().get(e).z;
      for (int i = 0; i < z.length; i++) {
        z[i] = 0.5 * (first[i] + second[i]);
      }
    }
  }

  private double[] first(int end) {
    return evenDepth ? own[end] : other[end];
  }

  private double[] second(int end) {
    return evenDepth ? other[end] : own[end];
  }

  /** Adds Σ (x2 − x1)² and Σ x1² of the flows of the line above to two entries of a report. */
  void addDistance(double[] report, int index) {
    for (int e = 0; e < own.length; e++) {
      if (edge.ends().get(e).port.downstream()) {
        double[] first = first(e);
        double[] second = second(e);
        for (int i = 0; i < 2 * steps; i++) {
          double difference = second[i] - first[i];
          report[index] += difference * difference;
          report[index + 1] += first[i] * first[i];
        }
      }
    }
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

  void mix(double[] coefficients) {
    lineBlocks.forEach(block -> block.mix(coefficients));
    hubBlock.mix(coefficients);
  }

  void fallBack() {
    lineBlocks.forEach(MixingBlock::fallBack);
    hubBlock.fallBack();
  }

  /** Pulls the injections towards where they are now, with a part of their weight. */
  void centreProximalTerm(double share) {
    System.arraycopy(injection, 0, centre, 0, centre.length);
    proximalWeight = share * injectionWeight;
    usePenalties();
  }

  /** Remembers copies and multipliers for the next look at the penalties. */
  void keepReference() {
    for (int e = 0; e < own.length; e++) {
      System.arraycopy(second(e), 0, referenceCopies[e], 0, referenceCopies[e].length);
      for (int i = 0; i < referenceMultipliers[e].length; i++) {
        referenceMultipliers[e][i] = multiplier(e, i);
      }
    }
  }

  private double multiplier(int end, int i) {
    return penalties[end][i] * (lineBlocks.get(end).w[i] - first(end)[i]);
  }

  /**
   * What the multipliers of the line above add to the hub's price of the injections here, weighted
   * with this energy system's size 1/σ, then that size; zeros at the root.
   */
  double[] linePriceReport() {
    double[] report = new double[2 * steps + 1];
    for (int e = 0; e < own.length; e++) {
      if (edge.ends().get(e).port.downstream()) {
        for (int t = 0; t < 2 * steps; t++) {
          // what flows in from above is minus the injection, and the odd copy carries +λ
          report[t] = (evenDepth ? 1 : -1) * multiplier(e, t) / injectionWeight;
        }
        report[2 * steps] = 1.0 / injectionWeight;
      }
    }
    return report;
  }

  /** Σ Δλ²/ρ and Σ ρ Δx² of the line above since the reference: of P, then Q, then V. */
  double[] movements() {
    double[] report = new double[6];
    for (int e = 0; e < own.length; e++) {
      if (edge.ends().get(e).port.downstream()) {
        double[] second = second(e);
        for (int i = 0; i < second.length; i++) {
          int group = 2 * (i / steps);
          double multiplier = multiplier(e, i) - referenceMultipliers[e][i];
          double copy = second[i] - referenceCopies[e][i];
          report[group] += multiplier * multiplier / penalties[e][i];
          report[group + 1] += penalties[e][i] * copy * copy;
        }
      }
    }
    return report;
  }

  /** Multiplies the penalties of P, Q and V, keeping copies and multipliers: w = x2 + λ/ρ. */
  void rescale(double[] factors) {
    for (int t = 0; t < hubBlock.w.length; t++) {
      hubBlock.w[t] += hubBlock.r[t];
    }
    for (int e = 0; e < own.length; e++) {
      double[] second = second(e);
      MixingBlock block = lineBlocks.get(e);
      for (int i = 0; i < second.length; i++) {
        double multiplier = multiplier(e, i);
        penalties[e][i] *= factors[i / steps];
        block.w[i] = second[i] + multiplier / penalties[e][i];
      }
    }
    usePenalties();
  }
}
