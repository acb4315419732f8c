package io.dualgrid.consensus.newton;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * One step after the other of the interior-point method over all sites (Mehrotra's predictor and
 * corrector), see the package for the equations: rows enter, the operator solves for the change of
 * prices, all move. It knows sums, prices and the rows in use, and no site's figures.
 *
 * <p>A step is as long as the site that is nearest to a bound can take; where the second-order
 * correction leaves less than a tenth, the step is taken towards the centre instead. Limits of
 * voltage and flow enter one lowest and one highest node a step at a time once the imbalance is
 * small, and never leave: entered while the iterates are wild, or all near ones at once, they do
 * harm.
 */
final class CoupledStep {
  private static final double SHORT_STEP = 0.1;
  private static final int FIRST_RECENTRING = 5;
  private static final double CENTRING = 0.5;

  /** Steps of a run that begins where another day has been in which it may turn back. */
  private static final int TURNING_BACK = 2;

  /** Length below which such a step turns back: prices or injections are too near to a bound. */
  private static final double TOO_NEAR = 0.2;

  /** Products that it turns back to, in those that there are. */
  private static final double FURTHER = 2.0;

  /** Imbalance, per unit, from which on limits are watched and points certified. */
  private static final double SMALL_IMBALANCE = 1e-2;

  /** A tenth of what counts as broken. */
  private static final double SETTLED_IMBALANCE = 0.1 * Shortfall.LEAST;

  private static final double PREDICTOR_TOLERANCE = 1e-1;
  private static final double CORRECTOR_TOLERANCE = 1e-3;

  /**
   * Imbalance that a step may leave, of the products at its begin: at prices of about one it then
   * costs less than what is left of the products.
   */
  private static final double BALANCE = 1e-2;

  /**
   * Σ products over cost at the begin of a step, in gap tolerances, from which on multipliers are
   * about what they will be.
   */
  private static final double NEARLY_THERE = 100;

  /**
   * What a step leaves of Σ products over cost, in gap tolerances, from which on a certificate is
   * likelier to succeed than not. A certificate costs the sites about what two iterations do, so
   * that one in vain costs more than one iteration too many.
   */
  private static final double WORTH_CERTIFYING = 25;

  /** Bounds and points of the sites are right to about so much, so waiting for less is in vain. */
  private static final double FINEST_GAP = 1e-8;

  /** What keeping inside of limits may cost, as a part of the gap that is wanted. */
  private static final double CAUTION_PART = 0.2;

  /**
   * Product of slack and multiplier whose prices are kept for another day: from smaller ones a site
   * cannot move far, and from larger ones the way is longer. Steps pass it by far, so that what is
   * kept lies between two of them. Where it is too small, the first steps turn back.
   */
  private static final double KEPT_CENTRE = 1e-4;

  private final NewtonSites sites;
  private final NewtonSettings settings;
  private final CoupledLimits limits;
  private final FeederPaths paths;
  private final boolean loose;
  private final int balances;
  private final double siteBounds;
  private final List<CoupledRow> rows = new ArrayList<>(); // balances first
  private final List<NearLimit> entered = new ArrayList<>();
  private double caution = 1.0; // share of their margins that rows keep inside
  private double imbalanceLeft = Double.POSITIVE_INFINITY;
  private double products; // sum over sites and rows at the begin of the last step
  private double productsLeft = Double.POSITIVE_INFINITY; // the same at its end
  private boolean entering;
  private boolean followsDay;
  private int steps;
  private int rounds;
  private CoupledPrices kept;

  /**
   * With sites that have begun.
   *
   * @param balances of P at each step, then of Q
   * @param siteBounds number of bounds of all sites
   * @param loose whether limits may be broken, see {@link LimitRow#loose}
   */
  CoupledStep(
      NewtonSites sites,
      CoupledLimits limits,
      FeederPaths paths,
      List<? extends CoupledRow> balances,
      double siteBounds,
      NewtonSettings settings,
      boolean loose) {
    this.sites = sites;
    this.limits = limits;
    this.paths = paths;
    this.balances = balances.size();
    this.siteBounds = siteBounds;
    this.settings = settings;
    this.loose = loose;
    rows.addAll(balances);
  }

  /** Says, before the first step, that all sites are where another day has been. */
  void followDay() {
    followsDay = true;
  }

  /** Takes up a limit of another day, which the sites know. */
  void takeUp(NearLimit limit, LimitRow row) {
    entered.add(limit);
    rows.add(row);
  }

  /** The prices that another day may begin at; empty as long as there are none. */
  Optional<CoupledPrices> kept() {
    return Optional.ofNullable(kept);
  }

  /**
   * Keeps prices until the way has come to the centre that is wanted, and those of it in between.
   */
  private void keep(double mu) {
    if (kept != null && kept.centre() <= KEPT_CENTRE) {
      return;
    }
    double[] prices = priceVector();
    double centre = mu;
    if (kept != null && mu < KEPT_CENTRE) {
      centre = KEPT_CENTRE;
      double share = Math.log(kept.centre() / centre) / Math.log(kept.centre() / mu);
      double[] before =
          DoubleStream.concat(Arrays.stream(kept.balances()), Arrays.stream(kept.limits()))
              .toArray(); // limits that have entered since have no price there
      for (int a = 0; a < before.length; a++) {
        prices[a] = before[a] + share * (prices[a] - before[a]);
      }
    }
    kept =
        new CoupledPrices(
            centre,
            Arrays.copyOf(prices, balances),
            entered.stream().map(NearLimit::place).toList(),
            Arrays.copyOfRange(prices, balances, prices.length));
  }

  /**
   * What a step has found.
   *
   * @param imbalance largest |Σuᵢ| that the rows do not account for at its begin, per unit
   * @param mu mean product of slack and multiplier at its begin
   * @param primal length of the step
   * @param dual length of the step of prices and multipliers
   * @param cost Σcᵢᵀxᵢ at its begin
   * @param lost whether its equations have left the range of numbers, so that none was taken
   */
  record Taken(
      double imbalance, double mu, double primal, double dual, double cost, boolean lost) {}

  /** Takes one step. */
  Taken take() {
    steps++;
    if (isBalanced()) {
      enterNearRows();
    }
    SensitivityPattern pattern =
        SensitivityPattern.of(
            balances / 2,
            entered.stream().mapToInt(near -> near.place().step()).toArray(),
            settings.full());
    NewtonSites.Opening opening = sites.open(priceVector(), pattern);
    double imbalance = 0.0;
    for (int a = 0; a < balances; a++) {
      imbalance = Math.max(imbalance, Math.abs(rows.get(a).missed(opening.injections()[a])));
    }
    products = opening.products() + rowProducts(0.0, 0.0);
    double bounds = bounds();
    double mu = products / bounds;

    keep(mu);
    beLessCautious(opening.cost());
    rows.forEach(row -> row.aim(0.0, false));
    PriceSystem system = system(pattern, opening.sensitivities());
    double[] predicted =
        system.solve(
            rightHandSide(opening.injections(), opening.response()),
            PREDICTOR_TOLERANCE,
            Double.POSITIVE_INFINITY);
    if (!isFinite(predicted)) {
      return new Taken(imbalance, mu, 0.0, 0.0, opening.cost(), true);
    }
    NewtonSites.Direction direction = direct(predicted);
    double affine = productsAfter(direction, primalStep(direction), dualStep(direction)) / bounds;
    double sigma = Math.min(1.0, Math.pow(Math.max(affine, 0.0) / mu, 3));

    double[] corrected = step(system, opening.injections(), sigma * mu, true);
    if (!isFinite(corrected)) {
      return new Taken(imbalance, mu, 0.0, 0.0, opening.cost(), true);
    }
    direction = direct(corrected);
    double recentred = mu * recentring(Math.min(primalStep(direction), dualStep(direction)));
    if (recentred > 0.0) {
      double[] centring = step(system, opening.injections(), recentred, false);
      direction = direct(isFinite(centring) ? centring : corrected);
    }
    double primal = primalStep(direction);
    double dual = dualStep(direction);
    productsLeft = productsAfter(direction, primal, dual);
    sites.move(primal, dual);
    rows.forEach(row -> row.move(primal, dual));
    rounds += system.rounds();
    imbalanceLeft = imbalance * (1 - primal);
    return new Taken(imbalance, mu, primal, dual, opening.cost(), false);
  }

  /**
   * The products that a step goes towards instead, where it is too short, in those that there are;
   * zero where it is not.
   */
  private double recentring(double length) {
    if (followsDay && steps <= TURNING_BACK) {
      return length < TOO_NEAR ? FURTHER : 0.0;
    }
    return length < SHORT_STEP && steps >= FIRST_RECENTRING ? CENTRING : 0.0;
  }

  private static boolean isFinite(double[] values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  /** Whether injections are so near to balance that limits are watched and points certified. */
  boolean isBalanced() {
    return imbalanceLeft < SMALL_IMBALANCE;
  }

  /** Whether the rows account for injections, and no limit has entered in the last step. */
  boolean isSettled() {
    return imbalanceLeft < SETTLED_IMBALANCE && !entering;
  }

  /** Whether so little is left of the products that a certificate is likely to succeed. */
  boolean isPromising(double cost) {
    return productsLeft <= WORTH_CERTIFYING * gapOf(cost);
  }

  /** The distance from the optimum that is wanted, of a cost. */
  private double gapOf(double cost) {
    return Math.max(settings.gapTolerance(), FINEST_GAP) * NewtonIteration.measure(cost);
  }

  /** The sum of all products at the begin of the last step. */
  double products() {
    return products;
  }

  /** The limits that have entered, in that order. */
  List<NearLimit> entered() {
    return entered;
  }

  /** The row of a limit, by its place in {@link #entered}. */
  LimitRow limitRow(int index) {
    return (LimitRow) rows.get(balances + index);
  }

  /** Products asked of the sites so far. */
  int rounds() {
    return rounds;
  }

  private double bounds() {
    return siteBounds + rows.stream().mapToInt(CoupledRow::bounds).sum();
  }

  private void enterNearRows() {
    double mu = products / bounds();
    List<NearLimit> near = sites.near();
    entering = !near.isEmpty();
    if (!near.isEmpty()) {
      sites.enter(near);
      entered.addAll(near);
      for (NearLimit limit : near) {
        LimitRow row = limits.row(limit, paths, mu, loose);
        row.keepInside(caution);
        rows.add(row);
      }
    }
  }

  /**
   * Where a limit is dear, the margin by which points keep inside of it may cost more than the gap
   * that is wanted. It is cut then, once multipliers are about what they will be.
   */
  private void beLessCautious(double cost) {
    double dear = 0.0;
    for (int a = 0; a < entered.size(); a++) {
      dear += limitRow(a).marginCost();
    }
    double affordable = CAUTION_PART * settings.gapTolerance() * NewtonIteration.measure(cost);
    if (products <= NEARLY_THERE * gapOf(cost) && caution * dear > affordable) {
      caution = affordable / dear;
      for (int a = 0; a < entered.size(); a++) {
        limitRow(a).keepInside(caution);
      }
    }
  }

  /**
   * The dual function at prices q, the rows' limits included.
   *
   * @param vector q, length D
   * @param free whether costs are left out
   */
  double bound(double[] vector, boolean free) {
    double bound = sites.bound(vector, free);
    for (int a = 0; a < entered.size(); a++) {
      bound += limitRow(a).boundPart(vector[balances + a]);
    }
    return bound;
  }

  /** q = (π, η). */
  double[] priceVector() {
    return rows.stream().mapToDouble(CoupledRow::price).toArray();
  }

  private PriceSystem system(SensitivityPattern pattern, double[] entries) {
    double[] inverses = rows.stream().mapToDouble(CoupledRow::inverse).toArray();
    return new PriceSystem(pattern, settings.full(), entries, inverses, sites::multiply);
  }

  /** Δq towards a target, once a first one has been found. */
  private double[] step(
      PriceSystem system, double[] injections, double target, boolean secondOrder) {
    double[] response = sites.aim(target, secondOrder);
    rows.forEach(row -> row.aim(target, secondOrder));
    return system.solve(
        rightHandSide(injections, response), CORRECTOR_TOLERANCE, BALANCE * products);
  }

  private double[] rightHandSide(double[] injections, double[] response) {
    double[] h = new double[response.length];
    for (int a = 0; a < h.length; a++) {
      h[a] = rows.get(a).rightHandSide(injections[a] + response[a]);
    }
    return h;
  }

  private NewtonSites.Direction direct(double[] priceStep) {
    for (int a = 0; a < priceStep.length; a++) {
      rows.get(a).direct(priceStep[a]);
    }
    return sites.direct(priceStep);
  }

  private double primalStep(NewtonSites.Direction direction) {
    double longest = rows.stream().mapToDouble(CoupledRow::longestPrimalStep).min().orElse(1.0);
    return StepGrid.step(Math.max(direction.primalLevel(), StepGrid.level(longest)));
  }

  private double dualStep(NewtonSites.Direction direction) {
    double longest = rows.stream().mapToDouble(CoupledRow::longestDualStep).min().orElse(1.0);
    return StepGrid.step(Math.max(direction.dualLevel(), StepGrid.level(longest)));
  }

  private double rowProducts(double primal, double dual) {
    return rows.stream().mapToDouble(row -> row.products(primal, dual)).sum();
  }

  private double productsAfter(NewtonSites.Direction direction, double primal, double dual) {
    double[] k = direction.products();
    return k[0] + primal * k[1] + dual * k[2] + primal * dual * k[3] + rowProducts(primal, dual);
  }
}
