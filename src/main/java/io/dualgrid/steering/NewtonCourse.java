package io.dualgrid.steering;

import io.dualgrid.consensus.InfeasibleException;
import io.dualgrid.consensus.newton.CoupledLimits;
import io.dualgrid.consensus.newton.CoupledNewton;
import io.dualgrid.consensus.newton.FeederPaths;
import io.dualgrid.consensus.newton.FewOwnersException;
import io.dualgrid.consensus.newton.NewtonIteration;
import io.dualgrid.consensus.newton.NewtonSettings;
import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.protocol.Adopt;
import io.dualgrid.protocol.AskAgreement;
import io.dualgrid.protocol.AskCapacities;
import io.dualgrid.protocol.AskStores;
import io.dualgrid.protocol.NewtonSwitch;
import io.dualgrid.protocol.NewtonSwitch.Stage;
import io.dualgrid.protocol.Start;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The coupled interior-point method: every energy system factorises its own Newton matrix and
 * answers with injections and their sensitivities; whoever steers gets their sums and solves for
 * prices, see {@link CoupledNewton}. An iteration is a sweep that finds the limits that are near, a
 * round of sums that opens it, two or three directions, each with its talk of products, and the
 * step; then a certificate where it promises to succeed. Where devices are switched on and off, the
 * certified relaxed dispatch is followed by an order to fix states, and by the method once more.
 */
public final class NewtonCourse {
  /** Start of the prices, as a part of the public price of the root. */
  private static final double START_PRICE = 0.8;

  /** Owners of a kind of device at which a sum over them says little of one. */
  private static final int LEAST_OWNERS = 3;

  /** Devices that couple steps, in the order of the reports to {@link AskStores}. */
  private static final List<String> STORES =
      List.of("switched devices or batteries", "heat stores");

  private static final double LEAST_CAPACITY = 1e-6;

  private static final String WORTH_LESS =
      "no dispatch meets the limits: at the prices that grow in the search for one, all that devices and"
          + " root can do is worth less than what the limits ask for (Farkas)";

  private static final String NO_STATES =
      "an energy system has found no states of on and off that keep its own limits, and gave up before"
          + " it knew that there are none: a device may be too large at its least power, or its least"
          + " times too long";

  private static final String PROVED_NO_STATES =
      "no dispatch meets the limits: an energy system has proved that no states of on and off keep its"
          + " own: a device is too large at its least power, or its least times are too long";

  private static final String APART =
      "the states of on and off that the energy systems have fixed, twice, leave no dispatch that"
          + " meets the limits of the feeder, though with relaxed states there is one: look at the"
          + " limits that bind, and at powerMinKw, onHoursMin and offHoursMin of devices near them";

  private final SteeredFeeder feeder;
  private final Talk talk;
  private final NewtonSettings settings;
  private final Optional<NewtonStart> dayBefore;
  private final boolean hides;
  private CoupledNewton newton;
  private CoupledLimits limits;
  private FeederPaths paths;
  private String proof = "";
  private NewtonIteration without; // how it ended where it found no point; null before that
  private ShortfallSearch search; // null before a proof, or such an end
  private double[] rootPrices; // π at the price of the root
  private double costScale;
  private CostLimit limit;
  private boolean switches; // whether anybody has devices that are switched on and off
  private Stage fixed; // how states were fixed last; null while they are relaxed
  private double relaxedBound = Double.NEGATIVE_INFINITY;

  /**
   * Before any message.
   *
   * @param dayBefore at whose prices it begins, if any
   * @param hides whether a single energy system's figures are hidden from who steers
   */
  public NewtonCourse(
      SteeredFeeder feeder,
      Talk talk,
      NewtonSettings settings,
      Optional<NewtonStart> dayBefore,
      boolean hides) {
    this.feeder = feeder;
    this.talk = talk;
    this.settings = settings;
    this.dayBefore = dayBefore;
    this.hides = hides;
  }

  /** Runs the phases that come before the first iteration. */
  public void start() {
    double[] price = feeder.priceOfStep();
    double[] sum = talk.sum(new AskCapacities(false, price));
    double total = sum[0];
    limit = CostLimit.of(sum[2], feeder);
    // first copies, so that there is one of each line end
    talk.copies(new Start(Math.max(total, LEAST_CAPACITY), false, price));
    if (settings.full() && hides) {
      requireCompany();
    }
    limits = CoupledLimits.of(feeder.limits());
    paths = feeder.paths();
    costScale = CoupledNewton.costScale(price);
    rootPrices = Arrays.copyOf(price, 2 * price.length);
    for (int t = 0; t < price.length; t++) {
      rootPrices[t] /= costScale;
    }
    switches = talk.sum(new NewtonSwitch(Stage.ASK))[0] != 0.0;
    newton =
        dayBefore
            .map(
                day ->
                    new CoupledNewton(
                        sites(), limits, paths, day.over(rootPrices, perKwh()), settings))
            .orElseGet(this::begin);
  }

  /** The method from its start, with the programs that the edges have by now. */
  private CoupledNewton begin() {
    return new CoupledNewton(sites(), limits, paths, startPrices(), settings);
  }

  private SummedSites sites() {
    return new SummedSites(talk, paths, limits, feeder.steps(), settings.full());
  }

  private double[] startPrices() {
    return Arrays.stream(rootPrices).map(price -> START_PRICE * price).toArray();
  }

  /** Currency per kWh of a price of one. */
  private double perKwh() {
    return feeder.moneyUnit() * costScale / feeder.stepHours();
  }

  /** Where newton may begin on another day, once it has prices. */
  public Optional<NewtonStart> keptStart() {
    return newton.kept().map(prices -> prices.startOver(rootPrices, perKwh()));
  }

  /**
   * Refuses to learn sensitivities between steps where a kind of device that couples steps has few
   * owners: what they show would be those owners' alone. The root is no company to others.
   *
   * @throws FewOwnersException naming the kind
   */
  private void requireCompany() {
    double[] owners = talk.sum(new AskStores());
    for (int kind = 0; kind < STORES.size(); kind++) {
      long all = Math.round(owners[kind]);
      if (all > 0 && Math.round(owners[kind + STORES.size()]) < LEAST_OWNERS) {
        throw new FewOwnersException(STORES.get(kind), all);
      }
    }
  }

  /**
   * Runs one iteration.
   *
   * @return what is known then, in the unit of money
   * @throws InfeasibleException when there is proof that no dispatch meets the limits, and what is
   *     short is known, or will not be
   */
  public Outcome iterate() {
    if (!proof.isEmpty() || without != null) {
      return explain();
    }
    NewtonIteration done = newton.iterate();
    if (!switches) {
      if (isProof(done)) {
        return infeasible(done);
      }
      boolean converged = done.gap() < settings.gapTolerance() && adopt();
      String stalled = converged ? "" : orLetLoose(done);
      return outcome(done, converged, done.bound(), done.cost(), stalled);
    }
    return fixed == null ? relaxed(done) : withStates(done);
  }

  /** Relaxed states are no dispatch, so that no point is told; its prices are what counts. */
  private Outcome relaxed(NewtonIteration done) {
    if (isProof(done)) {
      return infeasible(done);
    }
    relaxedBound = done.bound();
    boolean point = done.cost() < Double.POSITIVE_INFINITY;
    boolean ended = done.gap() < settings.gapTolerance() || !done.stalled().isEmpty();
    String stalled = ended && !point ? orLetLoose(done) : "";
    if (ended && point && !fix(Stage.AT_PRICES)) {
      stalled = NO_STATES;
    }
    return outcome(done, false, relaxedBound, Double.POSITIVE_INFINITY, stalled);
  }

  /**
   * States that do not fit together are fixed a second time: where there is no dispatch, prices
   * grow along the proof of it, and switch what is short on and what is too much off.
   */
  private Outcome withStates(NewtonIteration done) {
    boolean point = done.cost() < Double.POSITIVE_INFINITY;
    boolean impossible = isProof(done);
    boolean converged = point && done.gap() < settings.gapTolerance() && adopt();
    String stalled = converged ? "" : done.stalled();
    if (impossible || !point && !stalled.isEmpty()) {
      boolean again = fixed == Stage.AT_PRICES;
      stalled = !again ? APART : fix(Stage.AGAIN) ? "" : NO_STATES;
    }
    return outcome(done, converged, relaxedBound, done.cost(), stalled);
  }

  /**
   * Has the edges fix states, and begins anew; whether all have found some.
   *
   * @throws InfeasibleException when one has proved that it has none
   */
  private boolean fix(Stage stage) {
    fixed = stage;
    double[] answers = talk.sum(new NewtonSwitch(stage));
    if (answers[2] != 0.0) {
      throw new InfeasibleException(PROVED_NO_STATES);
    }
    if (answers[1] != 0.0) {
      return false;
    }
    newton = begin();
    return true;
  }

  private Outcome outcome(
      NewtonIteration done, boolean converged, double bound, double cost, String stalled) {
    return new Outcome(
        converged,
        Double.NaN,
        bound > Double.NEGATIVE_INFINITY ? money(bound) : Double.NaN,
        done.imbalance(),
        cost < Double.POSITIVE_INFINITY ? money(cost) : Double.NaN,
        fixed != null && cost < Double.POSITIVE_INFINITY ? money(done.bound()) : Double.NaN,
        converged ? "" : stalled,
        "");
  }

  /** Why it goes no further; nothing where it has found no point, as there may be none. */
  private String orLetLoose(NewtonIteration done) {
    if (done.stalled().isEmpty() || done.cost() < Double.POSITIVE_INFINITY) {
      return done.stalled();
    }
    without = done;
    return "";
  }

  private boolean isProof(NewtonIteration done) {
    return done.infeasible() || limit.isAbove(money(done.bound()));
  }

  private Outcome infeasible(NewtonIteration done) {
    double bound = money(done.bound());
    proof = limit.isAbove(bound) ? limit.proof(bound) : WORTH_LESS;
    return Outcome.searching(done.imbalance(), proof);
  }

  /**
   * An iteration on the way to what is short, which proves by itself that something is.
   *
   * @return how the search for a dispatch ended, where nothing is known to be short
   * @throws InfeasibleException when that is known, or will not be
   */
  private Outcome explain() {
    if (search == null) {
      search = new ShortfallSearch(feeder, sites(), settings, newton.entered(), proof);
    }
    Outcome searched = search.iterate();
    if (!search.isOver()) {
      return searched;
    }
    double bound = switches ? relaxedBound : without.bound();
    return outcome(without, false, bound, Double.POSITIVE_INFINITY, without.stalled());
  }

  private double money(double scaled) {
    return costScale * feeder.limits().basePowerKw() * scaled;
  }

  /** Has the best point exchanged; whether both ends of all lines agree. */
  private boolean adopt() {
    talk.exchange(new Adopt());
    return Math.round(talk.sum(new AskAgreement())[0]) == 0;
  }
}
