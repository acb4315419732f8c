package io.dualgrid.operator;

import io.dualgrid.consensus.AndersonCoefficients;
import io.dualgrid.consensus.CountedCapacity;
import io.dualgrid.consensus.LineWeights;
import io.dualgrid.consensus.MixingBlock;
import io.dualgrid.consensus.PenaltyAdaptation;
import io.dualgrid.consensus.PriceBundle;
import io.dualgrid.consensus.ProductReport;
import io.dualgrid.protocol.AskCapacities;
import io.dualgrid.protocol.AskPrices;
import io.dualgrid.protocol.AskProducts;
import io.dualgrid.protocol.Move;
import io.dualgrid.protocol.SolveHalf;
import io.dualgrid.protocol.Start;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.steering.CostLimit;
import io.dualgrid.steering.Outcome;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Supplier;

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
 * are within 0.2 % of each other, each energy system pulls its own injections weakly towards where
 * it is (a proximal term, moved along as the mismatch falls): this picks one of many nearly equal
 * optima and ends the drift among them. Penalties of P, Q and V are looked at every thirty
 * iterations, and without a hub where copies stay apart by the same, see {@link PenaltyAdaptation}.
 *
 * <p>Where fewer than three sites with private devices stand behind the sum over a half, there is
 * no hub ({@link io.dualgrid.auth.Company}); prices then spread along the lines only.
 *
 * <p>What the operator sees beyond ciphertexts are sums over energy systems: of the injection
 * states of each half, of prices weighted by size, of inner products, of squared residuals, of
 * counts. Every few iterations a {@link Certificate} gives a lower bound and a point on which all
 * agree.
 */
final class AcceleratedCoordinator implements Coordinator {
  private static final double[] NONE = {};

  private static final double GROWTH_LIMIT = 2.0;

  /** Iterations between certificates, each of which costs some iterations' time. */
  private static final int CERTIFICATE_INTERVAL = 20;

  /**
   * The same where the last one came near, or where there is no hub: few sites have devices then,
   * so that certificates are cheap.
   */
  private static final int SHORT_CERTIFICATE_INTERVAL = 10;

  private static final int FIRST_CERTIFICATE = 10;

  /**
   * Certificates at rest on end that may come no nearer while copies are still apart: where copies
   * hardly change, prices do, by what is missing times the penalty, until they pass a kink.
   */
  private static final int DRIFTING_RESTS = 8;

  private static final int PENALTY_INTERVAL = 30;
  private static final int FIRST_REFERENCE = 10;

  /**
   * Iterations on end whose residual is as large as the one before, after which penalties are
   * looked at, too, where there is no hub: copies stay apart and hardly change while prices grow by
   * the same in each iteration, which larger penalties shorten. Such a drift takes tens of
   * iterations. With a hub none was seen, only residuals that fall slowly, as along a chain: to
   * change penalties and forget the history again and again would keep them from falling. Not
   * before a sweep has met all limits: where there is no dispatch, prices grow without end, and
   * soon beyond what messages can carry.
   */
  private static final int STEADY_ITERATIONS = 3;

  /** Part of itself by which a residual that is steady changes at most. */
  private static final double STEADY = 0.05;

  private static final double FLOW_PENALTIES_SETTLED = 1e-3;

  private static final int PROXIMAL_FIRST_ITERATION = 20;
  private static final double PROXIMAL_START = 2e-3;
  private static final double PROXIMAL_SHARE = 0.1;
  private static final double PROXIMAL_FALL = 0.3;
  private static final double PROXIMAL_END = 3e-4;
  private static final int PROXIMAL_PATIENCE = 60;

  private final Network network;
  private final Rounds rounds;
  private final boolean certify;
  private final double gapTolerance;
  private final Supplier<PriceBundle> bundles;
  private final BitSet evenEnds;
  private final BitSet oddEnds;
  private final AndersonCoefficients mixing = new AndersonCoefficients(ProductReport.MEMORY);

  // set by start
  private boolean hub;
  private Certificate certificate;
  private double inverseWeightsEven;
  private double inverseWeightsOdd;
  private double linkWeight;
  private MixingBlock link;
  private double[] linkFirst;
  private double[] linkSecond;
  private double headPenalty;

  private boolean comparable; // whether a difference to the iterate before makes sense
  private double normBefore = Double.POSITIVE_INFINITY;
  private int steady; // iterations on end whose residual is hardly another one
  private boolean proximal;
  private double proximalDistance;
  private int proximalSince;
  private int restedAt = -CERTIFICATE_INTERVAL; // last certificate of a settled iterate
  private int fruitless; // certificates of settled iterates on end that came no nearer

  /**
   * Before any message.
   *
   * @param certify whether a certified gap decides about the end of the run, or copies that agree
   *     and do not change
   * @param gapTolerance certified relative gap below which the run has converged
   * @param bundles make what finds prices of certificates
   */
  AcceleratedCoordinator(
      Network network,
      Rounds rounds,
      boolean certify,
      double gapTolerance,
      Supplier<PriceBundle> bundles) {
    this.bundles = bundles;
    this.network = network;
    this.rounds = rounds;
    this.certify = certify;
    this.gapTolerance = gapTolerance;
    evenEnds = network.ends(network::evenDepth);
    oddEnds = network.ends(edge -> !network.evenDepth(edge));
  }

  /**
   * Agrees on the weights. Those of lines come from the topology; those of injections, σ_i =
   * 1/(capacity_i + floor), from each energy system's own capacity, of which the operator learns
   * the sums over all but the root, over even and over odd depths; only that over all where there
   * is no hub. It learns the sum of the most they can cost, too, against which it holds its lower
   * bounds.
   */
  @Override
  public void start(boolean halvesMayBeSummed) {
    hub = halvesMayBeSummed;
    double[] price = network.priceOfStep();
    double[] sum = rounds.sum(new AskCapacities(hub, price));
    double total = Math.max(sum[0] + sum[1], 1e-6);
    double[] inverse = {0.0, 0.0};
    for (int edge = 0; edge < network.nodes().size(); edge++) {
      boolean root = network.nodes().get(edge) == network.tree().root();
      inverse[network.evenDepth(edge) ? 0 : 1] += CountedCapacity.known(root, total);
    }
    // the least is public; the capacities enter as their sums
    inverseWeightsEven = (inverse[0] + sum[0]) / network.stepHours();
    inverseWeightsOdd = (inverse[1] + sum[1]) / network.stepHours();
    LineWeights weights = network.weights();
    headPenalty =
        network.tree().childLines(network.tree().root()).stream()
                .mapToDouble(weights::flow)
                .max()
                .orElse(0.0)
            * LineWeights.share(hub)
            / network.limits().basePowerKw();
    certificate =
        new Certificate(
            rounds,
            network.ends(edge -> true),
            CostLimit.of(sum[2], network.steered()),
            gapTolerance,
            bundles);
    int steps = network.steps();
    linkWeight = 1.0 / (inverseWeightsEven + inverseWeightsOdd);
    double[] metric = new double[2 * steps];
    Arrays.fill(metric, linkWeight);
    link = new MixingBlock(metric, ProductReport.MEMORY);
    linkFirst = new double[2 * steps];
    linkSecond = new double[2 * steps];
    for (int t = 0; t < steps && hub; t++) {
      link.w()[t] = -price[t] / linkWeight;
    }
    // the odd depths' first copies, so that there is one of each line end
    rounds.exchange(new Start(total, hub, price), oddEnds, new BitSet());
  }

  @Override
  public Outcome iterate(int iteration) {
    double[] price = map();
    double[] sum = advance(iteration);
    boolean settled = Math.round(sum[ProductReport.UNSETTLED]) == 0;
    int interval = hub && !certificate.near() ? CERTIFICATE_INTERVAL : SHORT_CERTIFICATE_INTERVAL;
    boolean due = iteration == FIRST_CERTIFICATE || iteration % interval == 0;
    if (!certify) {
      if (due && !certificate.met() && !certificate.doubts()) {
        certificate.sweep();
      }
      return new Outcome(settled, headPenalty, Double.NaN);
    }
    boolean atRest = settled && iteration >= restedAt + interval;
    if (!atRest && !due) {
      return new Outcome(false, headPenalty, Double.NaN);
    }
    certificate.evaluate(effectivePrice(price), atRest);
    boolean certified = certificate.certified();
    boolean pointless = false;
    if (atRest) {
      restedAt = iteration;
      fruitless = certificate.comesNoNearer() ? fruitless + 1 : 0;
      boolean drifts = Math.round(sum[ProductReport.ENDS_ABOVE]) > 0;
      pointless = fruitless >= (drifts ? DRIFTING_RESTS : 1);
    }
    boolean adopted = (certified || pointless) && certificate.adopt();
    return new Outcome(
        certified && adopted,
        headPenalty,
        certificate.lowerBound(),
        adopted && !certified ? "nothing moves any more" : "");
  }

  @Override
  public boolean doubts() {
    return certificate.doubts();
  }

  // The memory of the acceleration is left out: it is nine tenths of the state, and without it a
  // resumed run of yingkou-60 takes about as many iterations.
  @Override
  public void state(StateArchive archive) {
    archive.within("link", () -> link.state(archive));
    archive.within("certificate", () -> certificate.state(archive));
    headPenalty = archive.number("headPenalty", headPenalty);
    proximal = archive.flag("proximal", proximal);
    proximalDistance = archive.number("proximalDistance", proximalDistance);
    proximalSince = archive.count("proximalSince", proximalSince);
    restedAt = archive.count("restedAt", restedAt);
    fruitless = archive.count("fruitless", fruitless);
  }

  /** Applies the map to the state; returns the price δ of the even half's hub. */
  private double[] map() {
    if (!hub) {
      rounds.exchange(new SolveHalf(true, NONE, NONE), evenEnds, oddEnds);
      rounds.exchange(new SolveHalf(false, NONE, NONE), oddEnds, evenEnds);
      return new double[link.w().length];
    }
    double[] sums = rounds.exchangeAndSum(new SolveHalf(true, NONE, NONE), evenEnds, oddEnds);
    int length = link.w().length;
    double[] odd = balanceOdd(Arrays.copyOf(sums, length));
    double[] even = balanceEven(Arrays.copyOfRange(sums, length, 2 * length));
    rounds.exchange(new SolveHalf(false, odd, even), oddEnds, evenEnds);
    return even;
  }

  /** Hub B, from the states. */
  private double[] balanceOdd(double[] sum) {
    double[] delta = balance(sum, inverseWeightsOdd, link.w(), 1.0);
    for (int t = 0; t < delta.length; t++) {
      linkFirst[t] = link.w()[t] - delta[t] / linkWeight;
    }
    return delta;
  }

  /** Hub A, from the reflections. */
  private double[] balanceEven(double[] sum) {
    double[] reflected = new double[link.w().length];
    for (int t = 0; t < reflected.length; t++) {
      reflected[t] = 2 * linkFirst[t] - link.w()[t];
    }
    double[] delta = balance(sum, inverseWeightsEven, reflected, -1.0);
    for (int t = 0; t < delta.length; t++) {
      linkSecond[t] = reflected[t] + delta[t] / linkWeight;
      link.r()[t] = linkSecond[t] - linkFirst[t];
    }
    return delta;
  }

  /** δ = (Σ injections ± link) / (Σ 1/σ + 1/σ of the link). */
  private double[] balance(
      double[] sum, double inverseWeights, double[] linkState, double linkSign) {
    double[] delta = sum.clone();
    for (int t = 0; t < delta.length; t++) {
      delta[t] = (delta[t] + linkSign * linkState[t]) / (inverseWeights + 1.0 / linkWeight);
    }
    return delta;
  }

  /**
   * The price that an injection meets on average: the hub's, and what the multipliers of the line
   * above add, which carry a uniform part as well.
   */
  private double[] effectivePrice(double[] hubPrice) {
    double[] sum = rounds.sum(new AskPrices());
    double[] price = hubPrice.clone();
    double size = sum[price.length];
    for (int t = 0; t < price.length && size > 0; t++) {
      price[t] += sum[t] / size;
    }
    return price;
  }

  /** Sums what decides about the next state, and moves there; returns the {@link ProductReport}. */
  private double[] advance(int iteration) {
    int slot = comparable ? mixing.claimSlot() : -1;
    boolean lookAtPenalties =
        iteration % PENALTY_INTERVAL == 0 || !hub && steady >= STEADY_ITERATIONS;
    double scale = publicScale();
    if (slot >= 0) {
      link.storeColumn(slot);
    }
    double[] sum = new double[ProductReport.LENGTH];
    link.addProducts(slot, sum);
    double[] ofEdges = rounds.sum(new AskProducts(slot, scale, lookAtPenalties));
    for (int i = 0; i < sum.length; i++) {
      sum[i] += i < ProductReport.DISTANCE ? ofEdges[i] / scale : ofEdges[i];
    }
    double distance =
        Math.sqrt(sum[ProductReport.DISTANCE] / Math.max(sum[ProductReport.DISTANCE + 1], 1e-300));
    double share = steerProximalTerm(iteration, distance) ? PROXIMAL_SHARE : 0.0;
    steady = !lookAtPenalties && certificate.met() && isSteady(sum) ? steady + 1 : 0;
    double[] factors = lookAtPenalties ? penaltyFactors(sum, distance) : NONE;
    // movements of a drift count from its beginning; beside a hub, too, where none is looked for
    boolean keepReference = iteration == FIRST_REFERENCE || lookAtPenalties || steady == 1;
    if (factors.length > 0) {
      rescale(factors);
      rounds.tell(new Move(share, keepReference, false, factors, NONE));
    } else if (grown(sum)) {
      fallBack(slot);
      rounds.tell(new Move(share, keepReference, true, NONE, NONE));
    } else {
      double[] coefficients = mix(sum, slot);
      rounds.tell(new Move(share, keepReference, false, NONE, coefficients));
    }
    if (share > 0) {
      comparable = false;
      normBefore = Double.POSITIVE_INFINITY;
    }
    return sum;
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

  /** Starts the proximal term, or moves its centre; true when the map changes. */
  private boolean steerProximalTerm(int iteration, double distance) {
    boolean start = !proximal && iteration >= PROXIMAL_FIRST_ITERATION && distance < PROXIMAL_START;
    boolean move =
        proximal
            && proximalDistance > PROXIMAL_END
            && (distance < PROXIMAL_FALL * proximalDistance
                || iteration - proximalSince >= PROXIMAL_PATIENCE);
    if (!start && !move) {
      return false;
    }
    proximalDistance = start ? distance : Math.min(distance, proximalDistance);
    proximalSince = iteration;
    if (start) {
      proximal = true;
      mixing.clear();
    }
    return true;
  }

  /** Factors of penalties that are out of balance; empty when none is. */
  private static double[] penaltyFactors(double[] sum, double distance) {
    double[] factors = new double[3];
    boolean changed = false;
    for (int group = 0; group < 3; group++) {
      boolean voltage = group == 2;
      int at = ProductReport.MOVEMENTS + 2 * group;
      factors[group] =
          voltage || distance > FLOW_PENALTIES_SETTLED
              ? PenaltyAdaptation.factor(sum[at], sum[at + 1])
              : 1.0;
      changed |= factors[group] != 1.0;
    }
    return changed ? factors : NONE;
  }

  private void rescale(double[] factors) {
    headPenalty *= factors[0];
    link.mix(new double[ProductReport.MEMORY]);
    mixing.clear();
    comparable = false;
    normBefore = Double.POSITIVE_INFINITY;
  }

  private static double norm(double[] sum) {
    return Math.sqrt(Math.max(0, sum[0]));
  }

  /**
   * As large as the one before; the first after a change of the map, which has none, counts too.
   */
  private boolean isSteady(double[] sum) {
    return Math.abs(norm(sum) - normBefore) <= STEADY * normBefore;
  }

  private boolean grown(double[] sum) {
    return norm(sum) > GROWTH_LIMIT * normBefore;
  }

  private void fallBack(int slot) {
    if (slot >= 0) {
      mixing.drop(slot);
    }
    mixing.dropOlderHalf();
    link.fallBack();
    comparable = false;
    normBefore = Double.POSITIVE_INFINITY;
  }

  private double[] mix(double[] sum, int slot) {
    int memory = ProductReport.MEMORY;
    if (slot >= 0 && mixing.columns() > 0) {
      mixing.noteColumn(slot, Arrays.copyOfRange(sum, 1 + memory, 1 + 2 * memory));
    }
    double[] coefficients = mixing.solve(Arrays.copyOfRange(sum, 1, 1 + memory));
    link.mix(coefficients);
    comparable = true;
    normBefore = norm(sum);
    return coefficients;
  }
}
