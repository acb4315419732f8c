package io.dualgrid.operator;

import io.dualgrid.consensus.InfeasibleException;
import io.dualgrid.consensus.newton.CoupledLimits;
import io.dualgrid.consensus.newton.CoupledNewton;
import io.dualgrid.consensus.newton.FeederPaths;
import io.dualgrid.consensus.newton.FewOwnersException;
import io.dualgrid.consensus.newton.NewtonIteration;
import io.dualgrid.consensus.newton.NewtonSettings;
import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.consensus.newton.RelaxedNewton;
import io.dualgrid.consensus.newton.Shortfall;
import io.dualgrid.consensus.newton.ShortfallReport;
import io.dualgrid.protocol.Adopt;
import io.dualgrid.protocol.AskAgreement;
import io.dualgrid.protocol.AskCapacities;
import io.dualgrid.protocol.AskStores;
import io.dualgrid.protocol.Start;
import io.dualgrid.runtime.StateArchive;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The coupled interior-point method: every energy system factorises its own Newton matrix and
 * answers with injections and their sensitivities, the operator gets their sums and solves for
 * prices, see {@link CoupledNewton}. An iteration is a sweep that finds the limits that are near, a
 * round of sums that opens it, two or three directions, each with its rounds of products, and the
 * step; then a certificate where it promises to succeed.
 */
final class NewtonCoordinator implements Coordinator {
  /** Start of the prices, as a part of the public price of the root. */
  private static final double START_PRICE = 0.8;

  /** Owners of a kind of device at which a sum over them says little of one. */
  private static final int LEAST_OWNERS = 3;

  /** Devices that couple steps, in the order of the reports to {@link AskStores}. */
  private static final List<String> STORES =
      List.of("switched devices or batteries", "heat stores");

  private static final double LEAST_CAPACITY = 1e-6;

  private final Network network;
  private final Rounds rounds;
  private final NewtonSettings settings;
  private final Optional<NewtonStart> dayBefore;
  private final boolean hides;
  private CoupledNewton newton;
  private CoupledLimits limits;
  private FeederPaths paths;
  private String proof = "";
  private RelaxedNewton relaxed; // null before the proof
  private double[] rootPrices; // π at the price of the root
  private double costScale;
  private CostLimit limit;

  /**
   * Before any message.
   *
   * @param dayBefore at whose prices it begins, if any
   * @param hides whether a single energy system's figures are hidden from the operator
   */
  NewtonCoordinator(
      Network network,
      Rounds rounds,
      NewtonSettings settings,
      Optional<NewtonStart> dayBefore,
      boolean hides) {
    this.network = network;
    this.rounds = rounds;
    this.settings = settings;
    this.dayBefore = dayBefore;
    this.hides = hides;
  }

  @Override
  public void start(boolean hub) {
    double[] price = network.priceOfStep();
    double[] sum = rounds.sum(new AskCapacities(false, price));
    double total = sum[0];
    limit = CostLimit.of(sum[2], network);
    // first copies, so that there is one of each line end
    rounds.exchange(
        new Start(Math.max(total, LEAST_CAPACITY), false, price),
        network.ends(edge -> true),
        new BitSet());
    if (settings.full() && hides) {
      requireCompany();
    }
    limits = CoupledLimits.of(network.limits());
    paths = new FeederPaths(network.tree(), network.nodes(), network.limits());
    costScale = CoupledNewton.costScale(price);
    rootPrices = Arrays.copyOf(price, 2 * price.length);
    for (int t = 0; t < price.length; t++) {
      rootPrices[t] /= costScale;
    }
    newton =
        dayBefore
            .map(
                day ->
                    new CoupledNewton(
                        sites(), limits, paths, day.over(rootPrices, perKwh()), settings))
            .orElseGet(() -> new CoupledNewton(sites(), limits, paths, startPrices(), settings));
  }

  private SummedSites sites() {
    return new SummedSites(rounds, paths, limits, network.steps(), settings.full());
  }

  private double[] startPrices() {
    return Arrays.stream(rootPrices).map(price -> START_PRICE * price).toArray();
  }

  /** Currency per kWh of a price of one. */
  private double perKwh() {
    return network.moneyUnit() * costScale / network.stepHours();
  }

  @Override
  public Optional<NewtonStart> keptStart() {
    return newton.kept().map(prices -> prices.startOver(rootPrices, perKwh()));
  }

  /**
   * Refuses to learn sensitivities between steps where a kind of device that couples steps has few
   * owners: what they show would be those owners' alone.
   *
   * @throws FewOwnersException naming the kind
   */
  private void requireCompany() {
    double[] owners = rounds.sum(new AskStores());
    for (int kind = 0; kind < owners.length; kind++) {
      long count = Math.round(owners[kind]);
      if (count > 0 && count < LEAST_OWNERS) {
        throw new FewOwnersException(STORES.get(kind), count);
      }
    }
  }

  @Override
  public Outcome iterate(int iteration) {
    if (!proof.isEmpty()) {
      return explain();
    }
    NewtonIteration done = newton.iterate();
    double money = costScale * network.limits().basePowerKw();
    double bound = money * done.bound();
    if (limit.isAbove(bound)) {
      proof = limit.proof(bound);
      return infeasible(done.imbalance());
    }
    boolean converged = done.gap() < settings.gapTolerance() && adopt();
    return new Outcome(
        converged,
        Double.NaN,
        done.bound() > Double.NEGATIVE_INFINITY ? money * done.bound() : Double.NaN,
        done.imbalance(),
        done.cost() < Double.POSITIVE_INFINITY ? money * done.cost() : Double.NaN,
        converged ? "" : done.stalled(),
        "");
  }

  private Outcome infeasible(double imbalance) {
    return new Outcome(false, Double.NaN, Double.NaN, imbalance, Double.NaN, "", proof);
  }

  /**
   * An iteration on the way to what is short.
   *
   * @throws InfeasibleException when that is known, or will not be
   */
  private Outcome explain() {
    if (relaxed == null) {
      relaxed = new RelaxedNewton(sites(), limits, paths, network.steps(), settings);
    }
    double imbalance = relaxed.iterate();
    if (!relaxed.isOver()) {
      return infeasible(imbalance);
    }
    List<Shortfall> found = relaxed.found();
    if (found.isEmpty()) {
      throw new InfeasibleException(proof + "; " + CostLimit.WHERE_TO_LOOK);
    }
    throw new InfeasibleException(
        proof,
        found,
        new ShortfallReport(network.limits(), paths, network.nodes(), network.stepHours())
            .problems(found, Double.NaN));
  }

  /** Has the best point exchanged; whether both ends of all lines agree. */
  private boolean adopt() {
    BitSet ends = network.ends(edge -> true);
    rounds.exchange(new Adopt(), ends, ends);
    return Math.round(rounds.sum(new AskAgreement())[0]) == 0;
  }

  @Override
  public void state(StateArchive archive) {
    throw new IllegalStateException("a run of some twenty iterations keeps no state between them");
  }
}
