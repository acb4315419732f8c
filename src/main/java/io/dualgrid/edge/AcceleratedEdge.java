package io.dualgrid.edge;

import io.dualgrid.consensus.CountedCapacity;
import io.dualgrid.consensus.LineWeights;
import io.dualgrid.consensus.MixingBlock;
import io.dualgrid.consensus.ProductReport;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.device.Port;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.AskProducts;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.LineSetup;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.protocol.Move;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.SolveHalf;
import io.dualgrid.protocol.Start;
import io.dualgrid.protocol.Welcome;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.runtime.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One energy system in the accelerated consensus, which the operator's {@code
 * AcceleratedCoordinator} explains: the states of its line ends and of its injections, and its half
 * of the map. Used by one thread at a time.
 */
final class AcceleratedEdge implements OrderHandler {
  /**
   * Once nothing moves, a mismatch this small is left to the sweep, which closes it: solvers that
   * are right to 1e-7 only keep copies apart by a few 1e-5 for ever. What is adopted still has to
   * meet the tolerance itself.
   */
  private static final double SWEEPABLE_MISMATCH = 10 * Stopping.TOLERANCE;

  private final EdgeSystem edge;
  private final Residuals residuals;
  private final boolean evenDepth;
  private final boolean hub;
  private final double mismatchAllowed;
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
   * @param capacity of this energy system, per unit; its weight σ is the step length over it
   */
  AcceleratedEdge(
      EdgeSystem edge,
      Residuals residuals,
      Welcome welcome,
      Start start,
      double capacity,
      Stopping stopping) {
    this.edge = edge;
    this.residuals = residuals;
    evenDepth = welcome.evenDepth();
    hub = start.hub();
    mismatchAllowed = stopping == Stopping.STRICT ? SWEEPABLE_MISMATCH : Stopping.TOLERANCE;
    double total = start.totalCapacity();
    double size = CountedCapacity.of(welcome.root(), capacity, total);
    injectionWeight = edge.program().horizon().stepHours() / size;
    hubWeight = hub ? injectionWeight : 0.0;
    double[] priceOfStep = start.priceOfStep();
    int memory = ProductReport.MEMORY;
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
    double share = LineWeights.share(hub);
    for (int e = 0; e < ends; e++) {
      LineSetup line = setupOf(welcome, edge.ends().get(e));
      Arrays.fill(penalties[e], 0, 2 * steps, share * line.flowPenalty());
      Arrays.fill(penalties[e], 2 * steps, 3 * steps, share * line.voltagePenalty());
      MixingBlock block = new MixingBlock(penalties[e], memory);
      Arrays.fill(block.w(), 2 * steps, 3 * steps, 1.0);
      // the copy of an odd depth carries +λ, and what flows in from above is minus the injection
      boolean lowerEndEven = edge.ends().get(e).port.downstream() == evenDepth;
      for (int t = 0; t < steps && !hub; t++) {
        block.w()[t] = (lowerEndEven ? 1 : -1) * priceOfStep[t] / penalties[e][t];
      }
      lineBlocks.add(block);
    }
    double[] hubMetric = new double[2 * steps];
    Arrays.fill(hubMetric, injectionWeight);
    hubBlock = new MixingBlock(hubMetric, memory);
    for (int t = 0; t < steps && hub; t++) {
      hubBlock.w()[t] = (evenDepth ? 1 : -1) * priceOfStep[t] / injectionWeight;
    }
    usePenalties();
  }

  private static LineSetup setupOf(Welcome welcome, LineEnd end) {
    return welcome.lines().stream()
        .filter(line -> line.line() == end.line)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Set<MessageType> orders() {
    return Set.of(
        MessageType.SOLVE_HALF, MessageType.ASK_PRODUCTS, MessageType.MOVE, MessageType.ASK_PRICES);
  }

  @Override
  public void obey(Broadcast order, Answers answers) {
    if (order instanceof SolveHalf solve) {
      if (solve.even()) {
        solveEven(answers);
      } else {
        solveOdd(solve, answers);
      }
    } else if (order instanceof AskProducts ask) {
      report(ask, answers);
    } else if (order instanceof Move move) {
      move(move);
    } else {
      answers.report(linePriceReport());
    }
  }

  /** Even depths solve; what both hubs sum goes into one report, odd depths first. */
  private void solveEven(Answers answers) {
    if (evenDepth) {
      solveFirst();
      answers.boundaries();
    }
    if (hub) {
      double[] sums = new double[4 * steps];
      System.arraycopy(hubReport(), 0, sums, evenDepth ? 2 * steps : 0, 2 * steps);
      answers.report(sums);
    }
  }

  /** Each half takes the correction of its hub; then odd depths solve. */
  private void solveOdd(SolveHalf solve, Answers answers) {
    double[] correction = evenDepth ? solve.evenCorrection() : solve.oddCorrection();
    require(correction.length == (hub ? 2 * steps : 0), "a correction of the hub");
    if (hub) {
      applyHub(correction);
    }
    if (!evenDepth) {
      edge.ends().forEach(LineEnd::requireAgreed);
      solveSecond();
      answers.boundaries();
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new ProtocolException(AbortCode.UNEXPECTED, what + " of a wrong length or value");
    }
  }

  private void report(AskProducts ask, Answers answers) {
    int slot = ask.slot();
    require(slot >= -1 && slot < ProductReport.MEMORY, "a slot");
    if (evenDepth) {
      edge.ends().forEach(LineEnd::requireAgreed);
    }
    finish();
    edge.clock().start();
    double[] report = new double[ProductReport.LENGTH];
    if (slot >= 0) {
      storeColumn(slot);
    }
    addProducts(slot, report);
    for (int i = 0; i < ProductReport.DISTANCE; i++) {
      report[i] *= ask.scale();
    }
    addDistance(report, ProductReport.DISTANCE);
    report[ProductReport.ENDS_ABOVE] = residuals.endsAbove(edge);
    boolean settled =
        residuals.primal(edge) < mismatchAllowed && residuals.dual(edge) < Stopping.TOLERANCE;
    report[ProductReport.UNSETTLED] = settled ? 0 : 1;
    if (ask.movements()) {
      System.arraycopy(movements(), 0, report, ProductReport.MOVEMENTS, 6);
    }
    edge.clock().lap(Step.UPDATE);
    answers.report(report);
  }

  private void move(Move move) {
    double[] factors = move.rescale();
    require(move.proximalShare() >= 0, "a proximal term");
    require(
        factors.length == 0
            || factors.length == 3 && Arrays.stream(factors).allMatch(factor -> factor > 0),
        "factors");
    boolean mixes = !move.fallBack() && factors.length == 0;
    require(move.coefficients().length == (mixes ? ProductReport.MEMORY : 0), "coefficients");
    if (move.proximalShare() > 0) {
      centreProximalTerm(move.proximalShare());
    }
    if (move.keepReference()) {
      keepReference();
    }
    if (factors.length > 0) {
      rescale(factors);
    } else if (move.fallBack()) {
      fallBack();
    } else {
      mix(move.coefficients());
    }
  }

  private void usePenalties() {
    double weight = hubWeight + proximalWeight;
    edge.usePenalty(penalties, weight, weight);
  }

  @Override
  public void state(StateArchive archive) {
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
    usePenalties();
  }

  /** What the hub of this half sums: the states for odd depths, their reflections for even. */
  private double[] hubReport() {
    double[] report = new double[2 * steps];
    for (int t = 0; t < report.length; t++) {
      report[t] = evenDepth ? 2 * hubFirst[t] - hubBlock.w()[t] : hubBlock.w()[t];
    }
    return report;
  }

  /**
   * Takes the correction of this half's hub, δ: an injection's copy at the hub is its state (or
   * reflection) less δ/σ.
   */
  private void applyHub(double[] delta) {
    for (int t = 0; t < delta.length; t++) {
      if (evenDepth) {
        hubSecond[t] = 2 * hubFirst[t] - hubBlock.w()[t] - delta[t] / injectionWeight;
      } else {
        hubFirst[t] = hubBlock.w()[t] - delta[t] / injectionWeight;
      }
    }
  }

  /** Even depths: solves around the state. */
  private void solveFirst() {
    edge.clock().start();
    for (int e = 0; e < own.length; e++) {
      MixingBlock block = lineBlocks.get(e);
      for (int i = 0; i < linear[e].length; i++) {
        linear[e][i] = -penalties[e][i] * block.w()[i];
      }
    }
    for (int t = 0; t < injectionLinear.length; t++) {
      injectionLinear[t] = -hubWeight * hubBlock.w()[t];
    }
    solve();
    if (hubWeight > 0) {
      System.arraycopy(injection, 0, hubFirst, 0, hubFirst.length);
    }
  }

  /** Odd depths: solves around the reflection of the even side's copies. */
  private void solveSecond() {
    edge.clock().start();
    for (int e = 0; e < own.length; e++) {
      edge.ends().get(e).readOther(other[e]);
      MixingBlock block = lineBlocks.get(e);
      for (int i = 0; i < linear[e].length; i++) {
        linear[e][i] = -penalties[e][i] * (2 * other[e][i] - block.w()[i]);
      }
    }
    for (int t = 0; t < injectionLinear.length; t++) {
      injectionLinear[t] = -hubWeight * (2 * hubFirst[t] - hubBlock.w()[t]);
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
  private void finish() {
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
        block.r()[i] = second[i] - first[i];
      }
    }
    formConsensus();
    for (int t = 0; t < hubBlock.r().length; t++) {
      hubBlock.r()[t] = hubSecond[t] - hubFirst[t];
    }
    edge.clock().lap(Step.UPDATE);
  }

  /** z = (x1 + x2)/2 of every line end, from the copies of the last iteration. */
  private void formConsensus() {
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
  private void addDistance(double[] report, int index) {
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

  private void storeColumn(int slot) {
    lineBlocks.forEach(block -> block.storeColumn(slot));
    hubBlock.storeColumn(slot);
  }

  /** This energy system's inner products: of the line above it and of its injection. */
  private void addProducts(int newSlot, double[] report) {
    for (int e = 0; e < own.length; e++) {
      if (edge.ends().get(e).port.downstream()) {
        lineBlocks.get(e).addProducts(newSlot, report);
      }
    }
    hubBlock.addProducts(newSlot, report);
  }

  private void mix(double[] coefficients) {
    lineBlocks.forEach(block -> block.mix(coefficients));
    hubBlock.mix(coefficients);
  }

  private void fallBack() {
    lineBlocks.forEach(MixingBlock::fallBack);
    hubBlock.fallBack();
  }

  /** Pulls the injections towards where they are now, with a part of their weight. */
  private void centreProximalTerm(double share) {
    System.arraycopy(injection, 0, centre, 0, centre.length);
    proximalWeight = share * injectionWeight;
    usePenalties();
  }

  /** Remembers copies and multipliers for the next look at the penalties. */
  private void keepReference() {
    for (int e = 0; e < own.length; e++) {
      System.arraycopy(second(e), 0, referenceCopies[e], 0, referenceCopies[e].length);
      for (int i = 0; i < referenceMultipliers[e].length; i++) {
        referenceMultipliers[e][i] = multiplier(e, i);
      }
    }
  }

  private double multiplier(int end, int i) {
    return penalties[end][i] * (lineBlocks.get(end).w()[i] - first(end)[i]);
  }

  /**
   * What the multipliers of the line above add to the hub's price of the injections here, weighted
   * with this energy system's size 1/σ, then that size; zeros at the root.
   */
  private double[] linePriceReport() {
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

  /** 1/σ of its injections, by which it counts in means of prices; zero at the root. */
  double size() {
    return atRoot() ? 0.0 : 1.0 / injectionWeight;
  }

  private boolean atRoot() {
    return edge.ends().stream().noneMatch(end -> end.port.downstream());
  }

  /**
   * What the multipliers of its lines leave for the limits of the node's own voltage: λ of V on the
   * line above times its ratio, and of those below, as the copies here carry them; positive at the
   * upper limit.
   *
   * @return length steps; zeros at the root, whose voltage is given
   */
  double[] voltageMultipliers() {
    double[] own = new double[steps];
    for (int e = 0; e < this.own.length && !atRoot(); e++) {
      Port port = edge.ends().get(e).port;
      double scale = (evenDepth ? 1 : -1) * (port.downstream() ? port.line().ratio() : 1.0);
      for (int t = 0; t < steps; t++) {
        own[t] += scale * multiplier(e, 2 * steps + t);
      }
    }
    return own;
  }

  /** Σ Δλ²/ρ and Σ ρ Δx² of the line above since the reference: of P, then Q, then V. */
  private double[] movements() {
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
  private void rescale(double[] factors) {
    for (int t = 0; t < hubBlock.w().length; t++) {
      hubBlock.w()[t] += hubBlock.r()[t];
    }
    for (int e = 0; e < own.length; e++) {
      double[] second = second(e);
      MixingBlock block = lineBlocks.get(e);
      for (int i = 0; i < second.length; i++) {
        double multiplier = multiplier(e, i);
        penalties[e][i] *= factors[i / steps];
        block.w()[i] = second[i] + multiplier / penalties[e][i];
      }
    }
    usePenalties();
  }
}
