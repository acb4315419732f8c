package io.dualgrid.parties;

import io.dualgrid.consensus.AndersonCoefficients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The accelerated consensus: Douglas-Rachford splitting in two blocks, even and odd depths (a tree
 * is bipartite), with a second consensus on the sum of all injections, mixed by Anderson
 * acceleration.
 *
 * <p>State: per line w (both ends hold the same), per energy system the state of its injection, at
 * the operator that of the link between the two hubs. One iteration:
 *
 * <ol>
 *   <li>even depths solve around w, giving x1; the odd depths' injections are summed (hub B) and
 *       corrected to balance with the link;
 *   <li>x1 is exchanged; y = 2·x1 − w;
 *   <li>odd depths solve around y, giving x2; the even depths' injections are summed (hub A) and
 *       corrected; x2 is exchanged;
 *   <li>r = x2 − x1 is the residual of the map w ← w + r (Eckstein and Bertsekas, "On the
 *       Douglas-Rachford splitting method", Math. Prog. 55, 1992), which Anderson acceleration
 *       combines with those before; a residual that doubles is taken back.
 * </ol>
 *
 * <p>The hub carries the uniform part of the price, which else has to diffuse through every level
 * of the feeder. What the operator sees beyond ciphertexts are sums: of the injection states of
 * each half, and of inner products. Every few iterations a {@link FeasibleSweep} tells how far from
 * the optimum the present point is.
 */
final class AcceleratedCoordinator implements Coordinator {
  static final int MEMORY = 20;
  private static final int CHECK_INTERVAL = 10;
  private static final double CERTIFIED_GAP = 1e-4;
  private static final double GROWTH_LIMIT = 2.0;

  private final List<AcceleratedEdge> edges;
  private final List<AcceleratedEdge> even;
  private final List<AcceleratedEdge> odd;
  private final List<EdgeSystem> evenSystems;
  private final List<EdgeSystem> oddSystems;
  private final Exchange exchange;
  private final ScalarSums sums;
  private final Residuals residuals;
  private final FeasibleSweep sweep;
  private final boolean certify;
  private final double headPenalty;

  private final double inverseWeightsEven;
  private final double inverseWeightsOdd;
  private final double linkWeight;
  private final MixingBlock link;
  private final double[] linkFirst;
  private final double[] linkSecond;
  private final AndersonCoefficients[] mixing = {
    new AndersonCoefficients(MEMORY), new AndersonCoefficients(MEMORY)
  };

  private int iteration;
  private double acceptedNorm = Double.POSITIVE_INFINITY;

  /**
   * Sends the first copies of the odd depths, so that the operator has one of each line end.
   *
   * @param inverseWeightsEven Σ 1/σ over the even depths
   * @param inverseWeightsOdd Σ 1/σ over the odd depths
   * @param priceOfStep price times step length, length steps
   * @param headPenalty penalty of active power on the head line, for reports, currency per kW²
   * @param certify whether a certified gap may end the run
   */
  AcceleratedCoordinator(
      List<AcceleratedEdge> edges,
      Exchange exchange,
      ScalarSums sums,
      Residuals residuals,
      FeasibleSweep sweep,
      double inverseWeightsEven,
      double inverseWeightsOdd,
      double[] priceOfStep,
      double headPenalty,
      boolean certify) {
    this.edges = List.copyOf(edges);
    this.even = edges.stream().filter(AcceleratedEdge::evenDepth).toList();
    this.odd = edges.stream().filter(edge -> !edge.evenDepth()).toList();
    this.evenSystems = even.stream().map(AcceleratedEdge::edge).toList();
    this.oddSystems = odd.stream().map(AcceleratedEdge::edge).toList();
    this.exchange = exchange;
    this.sums = sums;
    this.residuals = residuals;
    this.sweep = sweep;
    this.certify = certify;
    this.headPenalty = headPenalty;
    this.inverseWeightsEven = inverseWeightsEven;
    this.inverseWeightsOdd = inverseWeightsOdd;
    int steps = priceOfStep.length;
    linkWeight = 1.0 / (inverseWeightsEven + inverseWeightsOdd);
    double[] metric = new double[2 * steps];
    Arrays.fill(metric, linkWeight);
    link = new MixingBlock(metric, 2 * steps, MEMORY);
    linkFirst = new double[2 * steps];
    linkSecond = new double[2 * steps];
    for (int t = 0; t < steps; t++) {
      link.w[t] = -priceOfStep[t] / linkWeight;
    }
    for (EdgeSystem system : oddSystems) {
      exchange.deliver(List.of(system.send()));
    }
  }

  @Override
  public Outcome iterate() {
    iteration++;
    // block one: even depths, and hub B for the odd depths' injections
    double[] deltaB = hub(odd, inverseWeightsOdd, link.w, 1.0);
    for (int i = 0; i < deltaB.length; i++) {
      linkFirst[i] = link.w[i] - deltaB[i] / linkWeight;
    }
    exchange.pool().forEach(odd, edge -> edge.applyHub(deltaB));
    solve(even, AcceleratedEdge::solveFirst);
    exchange.fetch(oddSystems);
    // block two: odd depths, and hub A for the even depths' injections
    double[] reflected = new double[deltaB.length];
    for (int i = 0; i < reflected.length; i++) {
      reflected[i] = 2 * linkFirst[i] - link.w[i];
    }
    double[] deltaA = hub(even, inverseWeightsEven, reflected, -1.0);
    for (int i = 0; i < deltaA.length; i++) {
      linkSecond[i] = reflected[i] + deltaA[i] / linkWeight;
    }
    exchange.pool().forEach(even, edge -> edge.applyHub(deltaA));
    solve(odd, AcceleratedEdge::solveSecond);
    exchange.fetch(evenSystems);
    exchange.pool().forEach(edges, AcceleratedEdge::finish);
    for (int i = 0; i < linkFirst.length; i++) {
      link.r[i] = linkSecond[i] - linkFirst[i];
    }

    boolean settled = step();
    double lowerBound = Double.NaN;
    if (!settled && certify && iteration % CHECK_INTERVAL == 0) {
      Certificate certificate = sweep.evaluate(deltaA);
      lowerBound = certificate.lowerBound();
      if (certificate.relativeGap() <= CERTIFIED_GAP) {
        sweep.adopt();
        settled = true;
      }
    }
    return new Outcome(settled, headPenalty, lowerBound);
  }

  /** Balances a hub: δ = (Σ injections ± link) / (Σ 1/σ + 1/σ of the link). */
  private double[] hub(
      List<AcceleratedEdge> members, double inverseWeights, double[] linkState, double linkSign) {
    long begin = System.nanoTime();
    double[] magnitudes = new double[linkState.length];
    Arrays.fill(magnitudes, 1e6);
    List<double[]> reports = new ArrayList<>(edges.size());
    boolean evenHub = members == even;
    for (AcceleratedEdge edge : edges) {
      reports.add(edge.evenDepth() == evenHub ? edge.hubReport() : new double[linkState.length]);
    }
    double[] delta = sums.sum(reports, magnitudes);
    for (int i = 0; i < delta.length; i++) {
      delta[i] = (delta[i] + linkSign * linkState[i]) / (inverseWeights + 1.0 / linkWeight);
    }
    exchange.book(Step.SECURE_SUM, System.nanoTime() - begin);
    return delta;
  }

  private void solve(
      List<AcceleratedEdge> half, java.util.function.Consumer<AcceleratedEdge> action) {
    List<List<BoundaryMessage>> outbox = new ArrayList<>();
    for (int i = 0; i < half.size(); i++) {
      outbox.add(null);
    }
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < half.size(); i++) {
      indices.add(i);
    }
    exchange
        .pool()
        .forEach(
            indices,
            i -> {
              action.accept(half.get(i));
              outbox.set(i, half.get(i).edge().send());
            });
    exchange.deliver(outbox);
  }

  /** Sums the inner products, moves the state, and says whether the stopping rule holds. */
  private boolean step() {
    boolean column = iteration > 1;
    int slot = column ? mixing[0].claimSlot() : -1;
    if (column && mixing[1].claimSlot() != slot) {
      throw new IllegalStateException("the two groups must use the same slots");
    }
    int stride = 1 + 2 * MEMORY;
    int length = 2 * stride + 2;
    List<double[]> reports = new ArrayList<>(edges.size());
    for (int i = 0; i < edges.size(); i++) {
      reports.add(new double[length]);
    }
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < edges.size(); i++) {
      indices.add(i);
    }
    exchange
        .pool()
        .forEach(
            indices,
            i -> {
              AcceleratedEdge edge = edges.get(i);
              edge.edge().clock().start();
              if (column) {
                edge.storeColumn(slot);
              }
              double[] report = reports.get(i);
              edge.addProducts(slot, report);
              report[length - 2] = residuals.endsAbove(edge.edge());
              report[length - 1] =
                  residuals.primal(edge.edge()) < Residuals.TOLERANCE
                          && residuals.dual(edge.edge()) < Residuals.TOLERANCE
                      ? 0
                      : 1;
              edge.edge().clock().lap(Step.UPDATE);
            });
    double[] ofLink = new double[length];
    if (column) {
      link.storeColumn(slot);
    }
    link.addProducts(slot, ofLink);

    long begin = System.nanoTime();
    double[] magnitudes = new double[length];
    Arrays.fill(magnitudes, 1e6);
    double[] sum = sums.sum(reports, magnitudes);
    exchange.book(Step.SECURE_SUM, System.nanoTime() - begin);
    for (int i = 0; i < length; i++) {
      sum[i] += ofLink[i];
    }

    double norm = Math.sqrt(Math.max(0, sum[0] + sum[stride]));
    if (norm > GROWTH_LIMIT * acceptedNorm) {
      for (AndersonCoefficients group : mixing) {
        group.dropOlderHalf();
        group.dropNewest();
      }
      exchange.pool().forEach(edges, AcceleratedEdge::fallBack);
      link.fallBack();
    } else {
      acceptedNorm = norm;
      double[][] coefficients = new double[2][];
      for (int group = 0; group < 2; group++) {
        int base = group * stride;
        if (column) {
          mixing[group].noteColumn(
              slot, Arrays.copyOfRange(sum, base + 1 + MEMORY, base + 1 + 2 * MEMORY));
        }
        coefficients[group] =
            mixing[group].solve(Arrays.copyOfRange(sum, base + 1, base + 1 + MEMORY));
      }
      exchange.pool().forEach(edges, edge -> edge.mix(coefficients));
      link.mix(coefficients);
    }
    return Math.round(sum[length - 1]) == 0;
  }
}
