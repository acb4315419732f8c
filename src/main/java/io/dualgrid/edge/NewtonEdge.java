package io.dualgrid.edge;

import io.dualgrid.consensus.CountedCapacity;
import io.dualgrid.consensus.newton.CoupledLimits;
import io.dualgrid.consensus.newton.NearGrid;
import io.dualgrid.consensus.newton.RowPlace;
import io.dualgrid.consensus.newton.SensitivityPattern;
import io.dualgrid.consensus.newton.StepGrid;
import io.dualgrid.device.Carrier;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Port;
import io.dualgrid.edge.newton.NewtonSite;
import io.dualgrid.edge.newton.SitePoint;
import io.dualgrid.edge.newton.StepSay;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.protocol.NewtonAim;
import io.dualgrid.protocol.NewtonBegin;
import io.dualgrid.protocol.NewtonBound;
import io.dualgrid.protocol.NewtonDirect;
import io.dualgrid.protocol.NewtonFind;
import io.dualgrid.protocol.NewtonLevels;
import io.dualgrid.protocol.NewtonMove;
import io.dualgrid.protocol.NewtonMultiply;
import io.dualgrid.protocol.NewtonOpen;
import io.dualgrid.protocol.NewtonPolish;
import io.dualgrid.protocol.NewtonRows;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.TreeSum;
import io.dualgrid.runtime.Step;
import io.dualgrid.site.GridCase.Node;
import io.dualgrid.site.SiteProgram;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One energy system in the coupled interior-point method, which {@code NewtonCoordinator} explains:
 * obeys its orders and answers with what goes into sums. Its program stays here. Used by one thread
 * at a time.
 */
final class NewtonEdge implements OrderHandler {
  /** Curvature that holds a swept point near the iterate, per hour of a step and unit of power. */
  private static final double POLISH = 100.0;

  private static final double LEAST_CAPACITY = 1e-6;

  static final Set<MessageType> ORDERS =
      EnumSet.of(
          MessageType.ASK_STORES,
          MessageType.NEWTON_BEGIN,
          MessageType.NEWTON_RELAX,
          MessageType.NEWTON_ROWS,
          MessageType.NEWTON_OPEN,
          MessageType.NEWTON_AIM,
          MessageType.NEWTON_MULTIPLY,
          MessageType.NEWTON_DIRECT,
          MessageType.NEWTON_MOVE,
          MessageType.NEWTON_SWEEP,
          MessageType.NEWTON_LEVELS,
          MessageType.NEWTON_FIND,
          MessageType.NEWTON_BOUND,
          MessageType.NEWTON_POLISH,
          MessageType.NEWTON_KEEP,
          MessageType.ADOPT,
          MessageType.ASK_AGREEMENT);

  private final EdgeSystem edge;
  private final Residuals residuals;
  private final Node node;
  private final NewtonConfig config;
  private final CoupledLimits limits;
  private final SiteProgram program;
  private NewtonSite site;
  private final SitePoint points;
  private final TreeSums sums;
  private final LineSweep sweep;
  private final RootSupply root;
  private final HiddenLevel hidden = new HiddenLevel();
  private final Set<RowPlace> entered = new LinkedHashSet<>(); // in the order of their prices
  private Set<RowPlace> known; // limits that may enter though they are not near
  private final double meanCapacity; // of the nodes, per unit
  private final double[] uses; // of its limits at the last sweep, see NearGrid
  private final int steps;
  private boolean relaxed;
  private boolean begun; // whether it has a point of its own
  private double[] candidate; // the point of the last polish; null where there is none
  private NodePrices candidatePrices = NodePrices.NONE;
  private double[] candidateOwn; // its prices, as the program has them
  private double[] best;
  private double[] bestPrices;
  private double[] boundPrices; // of the last bound with costs; null before the first

  /**
   * Before any order.
   *
   * @param relaxedOrFixed the program of the edge, or the same with states of devices fixed
   * @param capacity of this energy system, zero at the root
   * @param totalCapacity of all but the root
   * @param costScale what costs are divided by, the same for all
   */
  NewtonEdge(
      EdgeSystem edge,
      Residuals residuals,
      EdgeConfig config,
      DesProgram relaxedOrFixed,
      double capacity,
      double totalCapacity,
      double costScale) {
    this.edge = edge;
    this.residuals = residuals;
    this.config = config.newton();
    node = config.site();
    NetworkLimits network = config.limits();
    known = this.config.kept();
    steps = edge.program().horizon().steps();
    limits = CoupledLimits.of(network);
    program = SiteProgram.of(relaxedOrFixed, costScale);
    meanCapacity = totalCapacity / this.config.feeder().count();
    sums = new TreeSums(edge, this.config.feeder().count());
    sweep =
        new LineSweep(
            edge, sums, network, this.config.feeder().unloadedVoltage(this.config.place()));
    boolean always = sweep.isRoot() || totalCapacity == 0.0;
    site =
        setup(
            program,
            always ? StepSay.ALWAYS : StepSay.of(this.config.place(), capacity / totalCapacity));
    double size = Math.max(LEAST_CAPACITY, CountedCapacity.of(false, capacity, totalCapacity));
    points =
        new SitePoint(
            program,
            POLISH * edge.program().horizon().stepHours() / size,
            capacity,
            edge.boundingSolvers());
    root = new RootSupply(edge, program);
    uses = new double[NearGrid.SIDES * steps];
    Arrays.fill(uses, Double.NEGATIVE_INFINITY);
  }

  @Override
  public Set<MessageType> orders() {
    return ORDERS;
  }

  @Override
  public void obey(Broadcast order, Answers answers) {
    sums.stop();
    edge.clock().start();
    if (order instanceof NewtonBegin begin) {
      answers.report(new double[] {begun(begin)});
    } else if (order.type() == MessageType.NEWTON_RELAX) {
      answers.report(new double[] {relax()});
    } else if (order instanceof NewtonRows rows) {
      enter(rows);
    } else if (order instanceof NewtonOpen open) {
      double[] report = site.open(vector(open.prices()), pattern(open.full()));
      edge.clock().lap(Step.SOLVE);
      answers.report(report);
    } else if (order instanceof NewtonAim aim) {
      double[] report = site.aim(aim.target(), aim.corrected());
      edge.clock().lap(Step.SOLVE);
      answers.report(report);
    } else if (order instanceof NewtonMultiply multiply) {
      answers.report(site.multiply(vector(multiply.prices())));
    } else if (order instanceof NewtonDirect direct) {
      answers.report(directed(direct));
    } else if (order instanceof NewtonMove move) {
      site.move(step(move.primal()), step(move.dual()));
    } else if (order instanceof NewtonLevels asked) {
      answers.report(levels(asked));
    } else if (order instanceof NewtonFind find) {
      answers.report(found(find));
    } else if (order instanceof NewtonBound bound) {
      answers.report(bound(bound));
    } else {
      obeyOther(order, answers);
    }
  }

  /** The least at these prices, and whether it is not known. */
  private double[] bound(NewtonBound order) {
    double[] prices = site.ownPrices(vector(order.prices()));
    if (!order.free()) {
      boundPrices = prices;
    }
    double least = order.free() ? points.freeBound(prices) : points.bound(prices);
    edge.clock().lap(Step.CERTIFY);
    boolean known = least > Double.NEGATIVE_INFINITY;
    return new double[] {known ? least : 0.0, known ? 0.0 : 1.0};
  }

  private void obeyOther(Broadcast order, Answers answers) {
    if (order.type() == MessageType.NEWTON_SWEEP) {
      sweep.begin(present(), point -> point, point -> answers.report(near(point)), answers);
    } else if (order instanceof NewtonPolish polish) {
      double[] point = sweep.isRoot() ? present() : polished(vector(polish.prices()));
      candidatePrices = pricesOf(polish.prices());
      candidateOwn = site.ownPrices(vector(polish.prices()));
      boolean known = point != null;
      sweep.begin(
          known ? point : present(),
          root::meet,
          swept -> takePoint(known, swept, answers),
          answers);
    } else if (order.type() == MessageType.NEWTON_KEEP) {
      if (candidate == null) {
        throw new ProtocolException(AbortCode.UNEXPECTED, "there is no point to keep");
      }
      best = candidate;
      bestPrices = candidateOwn;
      edge.adopt(best, candidatePrices);
    } else if (order.type() == MessageType.ADOPT) {
      if (best == null) {
        throw new ProtocolException(AbortCode.UNEXPECTED, "there was no point to adopt");
      }
      answers.boundaries();
    } else if (order.type() == MessageType.ASK_AGREEMENT) {
      edge.ends().forEach(LineEnd::requireAgreed);
      answers.report(new double[] {residuals.endsAbove(edge)});
    } else {
      answers.report(stores());
    }
  }

  @Override
  public void hear(LineEnd end, TreeSum sum) {
    sums.hear(end, sum);
  }

  private NewtonSite setup(SiteProgram of, StepSay say) {
    return new NewtonSite(
        of, config.kernels().setup(of.program(), of.injections()), meanCapacity, say);
  }

  /** Starts anew without costs; the number of bounds. */
  private double relax() {
    relaxed = true;
    begun = true;
    SiteProgram free = program.withoutCosts();
    site.close();
    site = setup(free, StepSay.ALWAYS);
    known = Set.copyOf(entered);
    entered.clear();
    Arrays.fill(uses, Double.NEGATIVE_INFINITY);
    return site.begin(new double[2 * steps]);
  }

  private double begun(NewtonBegin begin) {
    if (begin.centre() < 0) {
      throw new ProtocolException(AbortCode.MALFORMED, "a centre of " + begin.centre());
    }
    begun = true;
    return begin.centre() > 0
        ? site.centre(vector(begin.prices()), begin.centre())
        : site.begin(exact(begin.prices(), 2 * steps));
  }

  /**
   * Takes the rows of limits, with its own part in each. A limit of its own has to be near: else a
   * row would show the operator a voltage or a flow that is none of its business. One that was near
   * on the day that this run starts from, or in the search for a dispatch, is taken as well.
   */
  private void enter(NewtonRows rows) {
    for (int a = 0; a < rows.nodes().length; a++) {
      int owner = rows.nodes()[a];
      int number = rows.limits()[a];
      if (owner >= config.feeder().count() || number >= uses.length) {
        throw new ProtocolException(
            AbortCode.MALFORMED, "limit " + number + " of energy system " + owner);
      }
      RowPlace place = NearGrid.place(number / steps, owner, number % steps);
      if (!entered.add(place)) {
        throw new ProtocolException(AbortCode.UNEXPECTED, "a limit that has entered before");
      }
      if (owner == config.place()) {
        if (levelOf(number) == 0 && !known.contains(place)) {
          throw new ProtocolException(
              AbortCode.UNEXPECTED,
              "node " + node.id() + ": limit " + number + " is to enter and is not near");
        }
      }
      site.enter(config.feeder().share(place, config.place()));
    }
  }

  private double[] exact(double[] values, int length) {
    if (values.length != length) {
      throw new ProtocolException(
          AbortCode.MALFORMED, values.length + " prices where there are " + length);
    }
    return values;
  }

  private double[] vector(double[] prices) {
    return exact(prices, 2 * steps + site.rows());
  }

  private static double step(double length) {
    if (!(length >= 0 && length <= 1)) {
      throw new ProtocolException(AbortCode.MALFORMED, "a step of " + length);
    }
    return length;
  }

  private SensitivityPattern pattern(boolean full) {
    if (full && !config.full()) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED,
          "sensitivities between all steps, which this run was not set up to tell");
    }
    return SensitivityPattern.of(steps, site.rowSteps(), full);
  }

  /** The coefficients of the products, then for each level whether the own step is shorter. */
  private double[] directed(NewtonDirect direct) {
    double[] products = site.direct(vector(direct.prices()));
    edge.clock().lap(Step.SOLVE);
    double[] report = new double[products.length + 2 * StepGrid.LEVELS];
    System.arraycopy(products, 0, report, 0, products.length);
    for (int level = 0; level < site.primalLevel(); level++) {
      report[products.length + level] = hidden.yes();
    }
    for (int level = 0; level < site.dualLevel(); level++) {
      report[products.length + StepGrid.LEVELS + level] = hidden.yes();
    }
    return report;
  }

  @Override
  public Optional<double[]> leastBroken() {
    return relaxed ? Optional.of(site.injections()) : Optional.empty();
  }

  /**
   * A point of the whole program that has the present injections, all else zero; that of another
   * algorithm before there are any.
   */
  private double[] present() {
    if (!begun) {
      return edge.solution().clone();
    }
    double[] injections = site.injections();
    double[] point = new double[edge.program().program().variableCount()];
    for (int t = 0; t < steps; t++) {
      point[edge.program().activeInjection()[t]] = injections[t];
      point[edge.program().reactiveInjection()[t]] = injections[steps + t];
    }
    return point;
  }

  /** For each limit that is told a yes where it is near. */
  private double[] near(double[] point) {
    double[] report = new double[NearGrid.TOLD * steps];
    if (sweep.isRoot()) {
      return report;
    }
    Port line = sweep.up().port;
    double rating = edge.program().horizon().perUnit(line.line().ratingKva());
    for (int limit = 0; limit < uses.length; limit++) {
      int t = limit % steps;
      uses[limit] =
          NearGrid.use(
              limit / steps,
              limits,
              rating,
              point[edge.program().nodeVoltage()[t]],
              point[line.active()[t]],
              point[line.reactive()[t]]);
    }
    for (int place = 0; place < report.length; place++) {
      report[place] = levelOf(nearest(place)) > 0 ? hidden.yes() : 0.0;
    }
    return report;
  }

  /** For each limit asked for a yes at every level that it reaches. */
  private double[] levels(NewtonLevels asked) {
    double[] report = new double[asked.places().length * NearGrid.LEVELS];
    for (int k = 0; k < asked.places().length; k++) {
      int place = (int) asked.places()[k];
      boolean told = place >= 0 && place < NearGrid.TOLD * steps;
      int reached = told ? levelOf(nearest(place)) : 0;
      for (int level = 0; level < reached; level++) {
        report[k * NearGrid.LEVELS + level] = hidden.yes();
      }
    }
    return report;
  }

  /** The limit that is told at a place: of the rows of a rating the nearest. */
  private int nearest(int place) {
    int told = place / steps;
    int first = NearGrid.firstOf(told) * steps + place % steps;
    int nearest = first;
    for (int k = 1; k < NearGrid.countOf(told); k++) {
      int limit = first + k * steps;
      nearest = uses[limit] > uses[nearest] ? limit : nearest;
    }
    return nearest;
  }

  /** For each limit asked for a yes at the next bit of its number, where it could be meant. */
  private double[] found(NewtonFind find) {
    double[] report = new double[2 * find.places().length];
    for (int k = 0; k < find.places().length; k++) {
      int place = (int) find.places()[k];
      if (sweep.isRoot() || place < 0 || place >= NearGrid.TOLD * steps) {
        continue;
      }
      int limit = nearest(place);
      int side = limit / steps;
      int level = levelOf(limit);
      // of limits that may be broken only the worst is looked for
      boolean done = !relaxed && entered.contains(ownPlace(limit));
      if (level == 0 || level != (int) find.levels()[k] || done) {
        continue;
      }
      int ranks = relaxed ? NearGrid.FINE_RANKS : NearGrid.RANKS;
      int rank = NearGrid.rank(side, uses[limit], level, ranks);
      int number =
          NearGrid.number(place / steps, rank, config.place(), side, config.feeder().count());
      if (number >> find.bit() >> 1 == (int) find.prefixes()[k]) {
        report[2 * k + (number >> find.bit() & 1)] = hidden.yes();
      }
    }
    return report;
  }

  /** A price of one in the program is costScale of the unit of money per kW over a step. */
  private NodePrices pricesOf(double[] prices) {
    Horizon horizon = edge.program().horizon();
    double perKwh = horizon.moneyUnit() * program.costScale() / horizon.stepHours();
    double[] withoutFlows = vector(prices).clone();
    int row = 2 * steps;
    for (RowPlace place : entered) {
      if (place.kind() != RowPlace.Kind.VOLTAGE) {
        withoutFlows[row] = 0.0;
      }
      row++;
    }
    return NodePrices.of(site.ownPrices(prices), prices, site.ownPrices(withoutFlows), perKwh);
  }

  private int levelOf(int limit) {
    return NearGrid.level(limit / steps, uses[limit]);
  }

  private RowPlace ownPlace(int limit) {
    return NearGrid.place(limit / steps, config.place(), limit % steps);
  }

  private double[] polished(double[] prices) {
    double[] x = points.near(site.ownPrices(prices), site.injections());
    edge.clock().lap(Step.CERTIFY);
    return x == null ? null : program.ownSolution(x);
  }

  private void takePoint(boolean known, double[] point, Answers answers) {
    candidate = known ? point : null;
    boolean feasible = candidate != null && sweep.withinLimits(candidate);
    double cost = candidate == null ? 0.0 : program.costOf(candidate);
    answers.report(new double[] {cost, feasible ? 0.0 : 1.0});
  }

  /**
   * Whether a device here carries power, and whether one carries heat, from step to step; then the
   * same where this site is company to others, as the root is not.
   */
  private double[] stores() {
    double[] owns = new double[4];
    for (DeviceSpec device : node.devices()) {
      device
          .stored()
          .map(carrier -> carrier == Carrier.HEAT ? 1 : 0)
          .ifPresent(
              kind -> {
                owns[kind] = 1.0;
                owns[kind + 2] = sweep.isRoot() ? 0.0 : 1.0;
              });
    }
    return owns;
  }

  /**
   * The point that was kept last, and the prices at this node that belong to it.
   *
   * @param injections P, then Q of each step
   * @param prices of these, as divided by the scale of costs
   */
  record Kept(double[] injections, double[] prices) {}

  /**
   * What was kept.
   *
   * @throws ProtocolException where there is no such point yet
   */
  Kept kept() {
    if (best == null) {
      throw new ProtocolException(AbortCode.UNEXPECTED, "no point was kept to fix states by");
    }
    double[] injections = new double[2 * steps];
    for (int t = 0; t < steps; t++) {
      injections[t] = best[edge.program().activeInjection()[t]];
      injections[steps + t] = best[edge.program().reactiveInjection()[t]];
    }
    return new Kept(injections, bestPrices);
  }

  /**
   * The prices at this node of the last bound, as divided by the scale of costs.
   *
   * @throws ProtocolException where none was asked for yet
   */
  double[] boundPrices() {
    if (boundPrices == null) {
      throw new ProtocolException(AbortCode.UNEXPECTED, "no bound was asked for to fix states by");
    }
    return boundPrices;
  }

  @Override
  public void close() {
    site.close();
    points.close();
  }
}
