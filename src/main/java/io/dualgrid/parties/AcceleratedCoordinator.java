package io.dualgrid.parties;

import io.dualgrid.consensus.AndersonCoefficients;
import io.dualgrid.consensus.PenaltyAdaptation;
import io.dualgrid.consensus.PriceBundle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The accelerated consensus: Douglas-Rachford splitting in two blocks, even and odd depths (a tree
 * is bipartite), with a second consensus on the sums of all active and of all reactive injections,
 * mixed by Anderson acceleration.
 *
 * <p>State: per line w (both ends hold the same), per energy system the states of its injections,
 * at the operator that of the link between the two hubs. One iteration:
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
 * <p>The hub carries the uniform part of the prices of active and reactive power, which else has to
 * diffuse through every level of the feeder. Reactive power has a price where the root cannot
 * supply it freely, as when little active power flows through the head line. Once the two copies
 * are within 0.3 % of each other, each energy system pulls its own injections weakly towards where
 * it is (a proximal term, moved along as the mismatch falls): this picks one of many nearly equal
 * optima and ends the drift among them. Penalties of P, Q and V are looked at every thirty
 * iterations, see {@link PenaltyAdaptation}.
 *
 * <p>Where a half has a single energy system besides the root, the sum over it would be that
 * system's injection, so there is no hub ({@link DepthHalves}); such feeders are at most three
 * levels deep, and prices have not far to diffuse.
 *
 * <p>What the operator sees beyond ciphertexts are sums over energy systems: of the injection
 * states of each half, of prices weighted by size, of inner products, of squared residuals, of
 * counts. Every few iterations a {@link FeasibleSweep} gives a lower bound and a point on which all
 * agree.
 */
final class AcceleratedCoordinator implements Coordinator {
  static final int MEMORY = 40;

  private static final double GROWTH_LIMIT = 2.0;

  /**
   * Once nothing moves, a mismatch this small is left to the sweep, which closes it: solvers that
   * are right to 1e-7 only keep copies apart by a few 1e-5 for ever. What is adopted still has to
   * meet the tolerance itself.
   */
  private static final double SWEEPABLE_MISMATCH = 10 * Residuals.TOLERANCE;

  /** Iterations between certificates, each of which costs some iterations' time. */
  private static final int CERTIFICATE_INTERVAL = 20;

  private static final int FIRST_CERTIFICATE = 10;
  private static final double CERTIFIED_GAP = 1e-4;

  /** Prices tried at a certificate besides the present one, at most. */
  private static final int TRIALS = 3;

  /**
   * Part of what is missing that a trial must promise: else voltages bind, and no price will do.
   */
  private static final double TRIAL_SHARE = 0.02;

  private static final int PENALTY_INTERVAL = 30;
  private static final int FIRST_REFERENCE = 10;
  private static final double FLOW_PENALTIES_SETTLED = 1e-3;

  private static final int PROXIMAL_FIRST_ITERATION = 20;
  private static final double PROXIMAL_START = 3e-3;
  private static final double PROXIMAL_SHARE = 0.1;
  private static final double PROXIMAL_FALL = 0.3;
  private static final double PROXIMAL_END = 3e-4;
  private static final int PROXIMAL_PATIENCE = 60;

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
  private final boolean hub;
  private final double costCeiling;

  private final double inverseWeightsEven;
  private final double inverseWeightsOdd;
  private final double linkWeight;
  private final MixingBlock link;
  private final double[] linkFirst;
  private final double[] linkSecond;
  private final AndersonCoefficients mixing = new AndersonCoefficients(MEMORY);
  private double headPenalty;

  private final PriceBundle prices = new PriceBundle();
  private double costBefore = Double.POSITIVE_INFINITY; // of the sweep before
  private int iteration;
  private boolean comparable; // whether a difference to the iterate before makes sense
  private double normBefore = Double.POSITIVE_INFINITY;
  private boolean proximal;
  private double proximalDistance;
  private int proximalSince;

  /**
   * Sends the first copies of the odd depths, so that the operator has one of each line end.
   *
   * @param hub whether the sums of injections over each half may be asked for
   * @param inverseWeightsEven Σ 1/σ over the even depths
   * @param inverseWeightsOdd Σ 1/σ over the odd depths
   * @param priceOfStep price times step length, length steps
   * @param headPenalty penalty of active power on the head line, for reports, currency per kW²
   * @param certify whether a certified gap may end the run
   * @param costCeiling what no optimum can cost more than, in currency
   */
  AcceleratedCoordinator(
      List<AcceleratedEdge> edges,
      Exchange exchange,
      ScalarSums sums,
      Residuals residuals,
      FeasibleSweep sweep,
      boolean hub,
      double inverseWeightsEven,
      double inverseWeightsOdd,
      double[] priceOfStep,
      double headPenalty,
      boolean certify,
      double costCeiling) {
    this.edges = List.copyOf(edges);
    this.even = largestFirst(edges, true);
    this.odd = largestFirst(edges, false);
    this.evenSystems = even.stream().map(AcceleratedEdge::edge).toList();
    this.oddSystems = odd.stream().map(AcceleratedEdge::edge).toList();
    this.exchange = exchange;
    this.sums = sums;
    this.residuals = residuals;
    this.sweep = sweep;
    this.certify = certify;
    this.hub = hub;
    this.costCeiling = costCeiling;
    this.headPenalty = headPenalty;
    this.inverseWeightsEven = inverseWeightsEven;
    this.inverseWeightsOdd = inverseWeightsOdd;
    int steps = priceOfStep.length;
    linkWeight = 1.0 / (inverseWeightsEven + inverseWeightsOdd);
    double[] metric = new double[2 * steps];
    Arrays.fill(metric, linkWeight);
    link = new MixingBlock(metric, MEMORY);
    linkFirst = new double[2 * steps];
    linkSecond = new double[2 * steps];
    for (int t = 0; t < steps && hub; t++) {
      link.w[t] = -priceOfStep[t] / linkWeight;
    }
    for (EdgeSystem system : oddSystems) {
      exchange.deliver(List.of(system.send()));
    }
  }

  /** One half, so ordered that no thread begins its longest solve when the others are done. */
  private static List<AcceleratedEdge> largestFirst(List<AcceleratedEdge> edges, boolean even) {
    return edges.stream()
        .filter(edge -> edge.evenDepth() == even)
        .sorted(Comparator.comparingInt(edge -> -edge.edge().program().program().variableCount()))
        .toList();
  }

  @Override
  public Outcome iterate() {
    iteration++;
    double[] price = map();
    boolean settled = advance();
    double lowerBound = Double.NaN;
    boolean due = iteration == FIRST_CERTIFICATE || iteration % CERTIFICATE_INTERVAL == 0;
    if (certify && (settled || due)) {
      double cost = sweep.cost();
      lowerBound = raiseBound(cost, effectivePrice(price));
      requireBelowCeiling(lowerBound);
      boolean feasible = cost < Double.POSITIVE_INFINITY;
      boolean certified = feasible && missing(cost) <= 0;
      if (settled && feasible || certified) {
        sweep.adopt();
        settled = allAgree();
      } else {
        // the sweep's messages have taken the place of the iterate's
        exchange.pool().forEach(edges, AcceleratedEdge::formConsensus);
      }
      costBefore = cost;
    }
    return new Outcome(settled, headPenalty, lowerBound);
  }

  /**
   * Bounds at the present price and, where the cost has come to rest, at a few more that promise a
   * better one; returns the best bound so far.
   */
  private double raiseBound(double cost, double[] price) {
    addBound(price);
    boolean resting = Math.abs(cost - costBefore) <= CERTIFIED_GAP * Math.abs(cost);
    for (int trial = 0; resting && trial < TRIALS && missing(cost) > 0; trial++) {
      double[] next = prices.next(TRIAL_SHARE * missing(cost));
      if (next == null) {
        break;
      }
      addBound(next);
    }
    return prices.bestBound();
  }

  private void addBound(double[] price) {
    PriceBound bound = sweep.bound(price);
    if (bound.value() > Double.NEGATIVE_INFINITY) {
      prices.add(price, bound.value(), bound.injections());
    }
  }

  /** How much the bound is short of certifying a cost, in currency. */
  private double missing(double cost) {
    return cost - CERTIFIED_GAP * Math.max(1.0, Math.abs(cost)) - prices.bestBound();
  }

  // The memory of the acceleration is left out: it is nine tenths of the state, and without it a
  // resumed run of yingkou-60 takes about as many iterations.
  @Override
  public void state(StateArchive archive) {
    edges.forEach(edge -> edge.state(archive));
    archive.within("link", () -> link.state(archive));
    headPenalty = archive.number("headPenalty", headPenalty);
    iteration = archive.count("iteration", iteration);
    proximal = archive.flag("proximal", proximal);
    proximalDistance = archive.number("proximalDistance", proximalDistance);
    proximalSince = archive.count("proximalSince", proximalSince);
  }

  /** Prices rise without end where no dispatch meets the limits, and the bound with them. */
  private void requireBelowCeiling(double lowerBound) {
    // one percent for what the tolerances of the bounds may add
    if (lowerBound > 1.01 * costCeiling + 1) {
      throw new InfeasibleException(
          String.format(
              Locale.ROOT,
              "no dispatch meets the limits: any would cost %.0f or more, but with every device at"
                  + " its limit the case costs %.0f; look at what the root may buy and sell"
                  + " (buyMaxKw, sellMaxKw), at exchangeMaxKw, and at the voltage limits",
              lowerBound,
              costCeiling));
    }
  }

  /** Exchanges the copies as they are; whether both ends of every line hold the same. */
  private boolean allAgree() {
    List<EdgeSystem> systems = edges.stream().map(AcceleratedEdge::edge).toList();
    exchange.deliver(exchange.pool().map(systems, EdgeSystem::send));
    exchange.fetch(systems);
    List<double[]> reports = new ArrayList<>();
    for (EdgeSystem system : systems) {
      reports.add(new double[] {residuals.endsAbove(system)});
    }
    return Math.round(sums.sum(reports)[0]) == 0;
  }

  /** Applies the map to the state; returns the price δ of hub A. */
  private double[] map() {
    if (hub) {
      balanceOdd();
    }
    solveAndSend(even, AcceleratedEdge::solveFirst);
    exchange.fetch(oddSystems);
    double[] delta = hub ? balanceEven() : new double[link.w.length];
    solveAndSend(odd, AcceleratedEdge::solveSecond);
    exchange.fetch(evenSystems);
    exchange.pool().forEach(edges, AcceleratedEdge::finish);
    return delta;
  }

  /** Hub B, from the states. */
  private void balanceOdd() {
    double[] deltaB = balance(odd, inverseWeightsOdd, link.w, 1.0);
    for (int t = 0; t < deltaB.length; t++) {
      linkFirst[t] = link.w[t] - deltaB[t] / linkWeight;
    }
    exchange.pool().forEach(odd, edge -> edge.applyHub(deltaB));
  }

  /** Hub A, from the reflections; returns its price δ. */
  private double[] balanceEven() {
    double[] reflected = new double[link.w.length];
    for (int t = 0; t < reflected.length; t++) {
      reflected[t] = 2 * linkFirst[t] - link.w[t];
    }
    double[] deltaA = balance(even, inverseWeightsEven, reflected, -1.0);
    for (int t = 0; t < deltaA.length; t++) {
      linkSecond[t] = reflected[t] + deltaA[t] / linkWeight;
      link.r[t] = linkSecond[t] - linkFirst[t];
    }
    exchange.pool().forEach(even, edge -> edge.applyHub(deltaA));
    return deltaA;
  }

  /**
   * The price that an injection meets on average: the hub's, and what the multipliers of the line
   * above add, which carry a uniform part as well.
   */
  private double[] effectivePrice(double[] hubPrice) {
    long begin = System.nanoTime();
    double[] sum = sums.sum(exchange.pool().map(edges, AcceleratedEdge::linePriceReport));
    exchange.book(Step.SECURE_SUM, System.nanoTime() - begin);
    double[] price = hubPrice.clone();
    double size = sum[price.length];
    for (int t = 0; t < price.length && size > 0; t++) {
      price[t] += sum[t] / size;
    }
    return price;
  }

  /** δ = (Σ injections ± link) / (Σ 1/σ + 1/σ of the link). */
  private double[] balance(
      List<AcceleratedEdge> members, double inverseWeights, double[] linkState, double linkSign) {
    long begin = System.nanoTime();
    boolean evenHub = members == even;
    List<double[]> reports = new ArrayList<>(edges.size());
    for (AcceleratedEdge edge : edges) {
      reports.add(edge.evenDepth() == evenHub ? edge.hubReport() : new double[linkState.length]);
    }
    double[] delta = sums.sum(reports);
    for (int t = 0; t < delta.length; t++) {
      delta[t] = (delta[t] + linkSign * linkState[t]) / (inverseWeights + 1.0 / linkWeight);
    }
    exchange.book(Step.SECURE_SUM, System.nanoTime() - begin);
    return delta;
  }

  private void solveAndSend(List<AcceleratedEdge> half, Consumer<AcceleratedEdge> solve) {
    exchange.deliver(
        exchange
            .pool()
            .map(
                half,
                edge -> {
                  solve.accept(edge);
                  return edge.edge().send();
                }));
  }

  /** Sums what decides about the next state, moves there, and says whether the rule holds. */
  private boolean advance() {
    int slot = comparable ? mixing.claimSlot() : -1;
    boolean lookAtPenalties = iteration % PENALTY_INTERVAL == 0;
    Report layout = new Report();
    double scale = publicScale();
    List<double[]> reports =
        exchange
            .pool()
            .map(
                edges,
                edge -> {
                  edge.edge().clock().start();
                  double[] report = report(edge, slot, lookAtPenalties, layout, scale);
                  edge.edge().clock().lap(Step.UPDATE);
                  return report;
                });
    if (slot >= 0) {
      link.storeColumn(slot);
    }
    double[] sum = new double[layout.length];
    link.addProducts(slot, sum);
    long begin = System.nanoTime();
    double[] ofEdges = sums.sum(reports);
    exchange.book(Step.SECURE_SUM, System.nanoTime() - begin);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += i < layout.distance ? ofEdges[i] / scale : ofEdges[i];
    }
    boolean settled = Math.round(sum[layout.unsettled]) == 0;

    double distance = Math.sqrt(sum[layout.distance] / Math.max(sum[layout.distance + 1], 1e-300));
    boolean recentred = steerProximalTerm(distance);
    if (iteration == FIRST_REFERENCE) {
      exchange.pool().forEach(edges, AcceleratedEdge::keepReference);
    }
    if (lookAtPenalties && adaptPenalties(sum, layout, distance)) {
      return settled;
    }
    mix(sum, slot);
    if (recentred) {
      comparable = false;
      normBefore = Double.POSITIVE_INFINITY;
    }
    return settled;
  }

  /**
   * A power of two that brings inner products to the order of one, known to all from the last sum:
   * secure sums are fixed-point.
   */
  private double publicScale() {
    double square = normBefore * normBefore;
    return square > 0 && square < Double.POSITIVE_INFINITY
        ? Math.scalb(1.0, Math.min(60, -Math.getExponent(square)))
        : 1.0;
  }

  private double[] report(
      AcceleratedEdge edge, int slot, boolean movements, Report layout, double scale) {
    double[] report = new double[layout.length];
    if (slot >= 0) {
      edge.storeColumn(slot);
    }
    edge.addProducts(slot, report);
    for (int i = 0; i < layout.distance; i++) {
      report[i] *= scale;
    }
    edge.addDistance(report, layout.distance);
    report[layout.endsAbove] = residuals.endsAbove(edge.edge());
    double mismatchAllowed = certify ? SWEEPABLE_MISMATCH : Residuals.TOLERANCE;
    report[layout.unsettled] =
        residuals.primal(edge.edge()) < mismatchAllowed
                && residuals.dual(edge.edge()) < Residuals.TOLERANCE
            ? 0
            : 1;
    if (movements) {
      System.arraycopy(edge.movements(), 0, report, layout.movements, 6);
    }
    return report;
  }

  /** Starts the proximal term, or moves its centre; true when the map has changed. */
  private boolean steerProximalTerm(double distance) {
    boolean start = !proximal && iteration >= PROXIMAL_FIRST_ITERATION && distance < PROXIMAL_START;
    boolean move =
        proximal
            && proximalDistance > PROXIMAL_END
            && (distance < PROXIMAL_FALL * proximalDistance
                || iteration - proximalSince >= PROXIMAL_PATIENCE);
    if (!start && !move) {
      return false;
    }
    exchange.pool().forEach(edges, edge -> edge.centreProximalTerm(PROXIMAL_SHARE));
    proximalDistance = start ? distance : Math.min(distance, proximalDistance);
    proximalSince = iteration;
    if (start) {
      proximal = true;
      mixing.clear();
    }
    return true;
  }

  /** Rescales penalties that are out of balance; true when some were. */
  private boolean adaptPenalties(double[] sum, Report layout, double distance) {
    double[] factors = new double[3];
    boolean changed = false;
    for (int group = 0; group < 3; group++) {
      boolean voltage = group == 2;
      factors[group] =
          voltage || distance > FLOW_PENALTIES_SETTLED
              ? PenaltyAdaptation.factor(
                  sum[layout.movements + 2 * group], sum[layout.movements + 2 * group + 1])
              : 1.0;
      changed |= factors[group] != 1.0;
    }
    exchange.pool().forEach(edges, AcceleratedEdge::keepReference);
    if (!changed) {
      return false;
    }
    headPenalty *= factors[0];
    link.mix(new double[MEMORY]);
    exchange
        .pool()
        .forEach(
            edges,
            edge -> {
              edge.rescale(factors);
            });
    mixing.clear();
    comparable = false;
    normBefore = Double.POSITIVE_INFINITY;
    return true;
  }

  private void mix(double[] sum, int slot) {
    double norm = Math.sqrt(Math.max(0, sum[0]));
    if (norm > GROWTH_LIMIT * normBefore) {
      if (slot >= 0) {
        mixing.drop(slot);
      }
      mixing.dropOlderHalf();
      exchange.pool().forEach(edges, AcceleratedEdge::fallBack);
      link.fallBack();
      comparable = false;
      normBefore = Double.POSITIVE_INFINITY;
      return;
    }
    if (slot >= 0 && mixing.columns() > 0) {
      mixing.noteColumn(slot, Arrays.copyOfRange(sum, 1 + MEMORY, 1 + 2 * MEMORY));
    }
    double[] coefficients = mixing.solve(Arrays.copyOfRange(sum, 1, 1 + MEMORY));
    exchange.pool().forEach(edges, edge -> edge.mix(coefficients));
    link.mix(coefficients);
    comparable = true;
    normBefore = norm;
  }

  /** Where each sum stands in the report of an energy system. */
  private static final class Report {
    final int distance = 1 + 2 * MEMORY;
    final int endsAbove = distance + 2;
    final int unsettled = endsAbove + 1;
    final int movements = unsettled + 1;
    final int length = movements + 6;
  }
}
