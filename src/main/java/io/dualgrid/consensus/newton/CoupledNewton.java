package io.dualgrid.consensus.newton;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The operator's part of the interior-point method over all sites (Mehrotra's predictor and
 * corrector), see the package for the equations. It knows sums, prices and the rows in use, and no
 * site's figures.
 *
 * <p>A step is as long as the site that is nearest to a bound can take; where the second-order
 * correction leaves less than a tenth, the step is taken towards the centre instead. Limits of
 * voltage and flow enter one lowest and one highest node a step at a time once the imbalance is
 * small, and never leave: entered while the iterates are wild, or all near ones at once, they do
 * harm.
 */
public final class CoupledNewton {
  private static final double SHORT_STEP = 0.1;
  private static final int FIRST_RECENTRING = 5;
  private static final double CENTRING = 0.5;

  /** Imbalance, per unit, from which on limits are watched and points certified. */
  private static final double SMALL_IMBALANCE = 1e-2;

  private static final double PREDICTOR_TOLERANCE = 1e-1;
  private static final double CORRECTOR_TOLERANCE = 1e-3;

  /**
   * Imbalance that a step may leave, of the products at its begin: at prices of about one it then
   * costs less than what is left of the products.
   */
  private static final double BALANCE = 1e-2;

  /** Σ products over cost, in gap tolerances, from which on a certificate may succeed. */
  private static final double WORTH_CERTIFYING = 100;

  /** Bounds and points of the sites are right to about so much, so waiting for less is in vain. */
  private static final double FINEST_GAP = 1e-8;

  /**
   * Iteration from which on bounds are looked at where no point has been found: on the way to
   * nowhere they rise beyond what any dispatch can cost.
   */
  private static final int DOUBTFUL = 10;

  private static final int DOUBT_INTERVAL = 5;

  /**
   * What such a bound must be worth at least, as power per unit at the largest price: sites' bounds
   * are right to 1e-9 of what they can trade, which is below 1e4 per unit in all.
   */
  private static final double SURE = 1e-5;

  /** What keeping inside of limits may cost, as a part of the gap that is wanted. */
  private static final double CAUTION_PART = 0.2;

  /**
   * Σ products over cost at which nothing is left that a step could gain: a gap that is still open
   * then is rounding, and further steps divide by nothing.
   */
  private static final double EXHAUSTED = 1e-12;

  private static final double LEAST_STEP = 1e-4;
  private static final int PATIENCE = 10;
  private static final int MAX_ITERATIONS = 120;

  private final NewtonSites sites;
  private final NewtonSettings settings;
  private final CoupledLimits limits;
  private final FeederPaths paths;
  private final int steps;
  private final double siteBounds;
  private final List<LimitRow> rows = new ArrayList<>();
  private double[] prices; // π
  private double caution = 1.0; // share of their margins that rows keep inside
  private double imbalanceLeft = Double.POSITIVE_INFINITY;
  private double products; // sum over sites and rows at the begin of the last iteration
  private double bestBound = Double.NEGATIVE_INFINITY;
  private double bestCost = Double.POSITIVE_INFINITY;
  private int iterations;
  private int still; // iterations on end without a step worth the name
  private int rounds;

  /**
   * Starts all sites.
   *
   * @param startPrices of P, then of Q, length 2T
   */
  public CoupledNewton(
      NewtonSites sites,
      CoupledLimits limits,
      FeederPaths paths,
      double[] startPrices,
      NewtonSettings settings) {
    this.sites = sites;
    this.limits = limits;
    this.paths = paths;
    this.settings = settings;
    this.prices = startPrices.clone();
    steps = startPrices.length / 2;
    siteBounds = sites.begin(startPrices);
  }

  /**
   * What costs are divided by, so that neither steps nor tolerances depend on the unit of money:
   * the dearest public price.
   *
   * @param priceOfStep of the root
   * @return one where nothing has a price
   */
  public static double costScale(double[] priceOfStep) {
    double dearest = largest(priceOfStep, priceOfStep.length);
    return dearest > 0 ? dearest : 1.0;
  }

  /** Runs one iteration. */
  public NewtonIteration iterate() {
    iterations++;
    if (imbalanceLeft < SMALL_IMBALANCE) {
      enterNearRows();
    }
    SensitivityPattern pattern =
        SensitivityPattern.of(
            steps, rows.stream().mapToInt(row -> row.place().step()).toArray(), settings.full());
    NewtonSites.Opening opening = sites.open(priceVector(), pattern);
    double imbalance = largest(opening.injections(), 2 * steps);
    products = opening.products() + rowProducts(0.0, 0.0);
    double bounds = siteBounds + LimitRow.BOUNDS * rows.size();
    double mu = products / bounds;

    beLessCautious(opening.cost());
    rows.forEach(row -> row.aim(0.0, false));
    PriceSystem system = system(pattern, opening.sensitivities());
    double[] predicted = step(system, opening.injections(), 0.0, false, null);
    NewtonSites.Direction direction = direct(predicted, 0.0, false);
    double affine = productsAfter(direction) / bounds;
    double sigma = Math.min(1.0, Math.pow(Math.max(affine, 0.0) / mu, 3));

    double[] corrected = step(system, opening.injections(), sigma * mu, true, predicted);
    direction = direct(corrected, sigma * mu, true);
    if (Math.min(primalStep(direction), dualStep(direction)) < SHORT_STEP
        && iterations >= FIRST_RECENTRING) {
      corrected = step(system, opening.injections(), CENTRING * mu, false, corrected);
      direction = direct(corrected, CENTRING * mu, false);
    }
    double primal = primalStep(direction);
    double dual = dualStep(direction);
    move(corrected, primal, dual);
    rounds += system.rounds();
    imbalanceLeft = imbalance * (1 - primal);
    String stalled = stalled(Math.max(primal, dual), opening.cost());
    certify(opening.cost(), !stalled.isEmpty());
    return new NewtonIteration(
        iterations, imbalance, mu, primal, dual, rows.size(), rounds, bestBound, bestCost, stalled);
  }

  /** Why it goes no further, empty while it does. */
  private String stalled(double step, double cost) {
    still = step < LEAST_STEP ? still + 1 : 0;
    if (still >= PATIENCE) {
      return "no step is left that keeps all limits";
    }
    if (products < EXHAUSTED * Math.abs(cost)) {
      return "the method has ended, and what is left is rounding";
    }
    return iterations >= MAX_ITERATIONS ? MAX_ITERATIONS + " iterations were not enough" : "";
  }

  /**
   * Where a limit is dear, the margin by which points keep inside of it may cost more than the gap
   * that is wanted. It is cut then, once multipliers are about what they will be.
   */
  private void beLessCautious(double cost) {
    double dear = rows.stream().mapToDouble(LimitRow::marginCost).sum();
    double affordable = CAUTION_PART * settings.gapTolerance() * NewtonIteration.measure(cost);
    if (products <= promising(cost) && caution * dear > affordable) {
      caution = affordable / dear;
      rows.forEach(row -> row.keepInside(caution));
    }
  }

  /** Sum of products from which on a certificate may succeed. */
  private double promising(double cost) {
    double gap = Math.max(settings.gapTolerance(), FINEST_GAP);
    return WORTH_CERTIFYING * gap * NewtonIteration.measure(cost);
  }

  private void enterNearRows() {
    double bounds = siteBounds + LimitRow.BOUNDS * rows.size();
    List<NearLimit> near = sites.near();
    if (!near.isEmpty()) {
      sites.enter(near);
      for (NearLimit limit : near) {
        LimitRow row = limits.row(limit, paths, products / bounds);
        row.keepInside(caution);
        rows.add(row);
      }
    }
  }

  /** q = (π, η). */
  private double[] priceVector() {
    double[] vector = Arrays.copyOf(prices, 2 * steps + rows.size());
    for (int a = 0; a < rows.size(); a++) {
      vector[2 * steps + a] = rows.get(a).price();
    }
    return vector;
  }

  private PriceSystem system(SensitivityPattern pattern, double[] entries) {
    double[] inverses = new double[pattern.prices()];
    for (int a = 0; a < rows.size(); a++) {
      inverses[2 * steps + a] = rows.get(a).inverse();
    }
    return new PriceSystem(pattern, settings.full(), entries, inverses, sites::multiply);
  }

  /** Δq towards a target. */
  private double[] step(
      PriceSystem system, double[] injections, double target, boolean secondOrder, double[] guess) {
    double[] response = sites.aim(target, secondOrder);
    rows.forEach(row -> row.aim(target, secondOrder));
    double[] h = new double[response.length];
    for (int a = 0; a < h.length; a++) {
      double reached = injections[a] + response[a];
      h[a] = a < 2 * steps ? -reached : rows.get(a - 2 * steps).rightHandSide(reached);
    }
    return guess == null
        ? system.solve(h, null, PREDICTOR_TOLERANCE, Double.POSITIVE_INFINITY)
        : system.solve(h, guess, CORRECTOR_TOLERANCE, BALANCE * products);
  }

  private NewtonSites.Direction direct(double[] priceStep, double target, boolean secondOrder) {
    for (int a = 0; a < rows.size(); a++) {
      rows.get(a).direct(priceStep[2 * steps + a], target, secondOrder);
    }
    return sites.direct(priceStep);
  }

  private double primalStep(NewtonSites.Direction direction) {
    double longest = rows.stream().mapToDouble(LimitRow::longestPrimalStep).min().orElse(1.0);
    return StepGrid.step(Math.max(direction.primalLevel(), StepGrid.level(longest)));
  }

  private double dualStep(NewtonSites.Direction direction) {
    double longest = rows.stream().mapToDouble(LimitRow::longestDualStep).min().orElse(1.0);
    return StepGrid.step(Math.max(direction.dualLevel(), StepGrid.level(longest)));
  }

  private double rowProducts(double primal, double dual) {
    return rows.stream().mapToDouble(row -> row.products(primal, dual)).sum();
  }

  private double productsAfter(NewtonSites.Direction direction) {
    double primal = primalStep(direction);
    double dual = dualStep(direction);
    double[] k = direction.products();
    return k[0] + primal * k[1] + dual * k[2] + primal * dual * k[3] + rowProducts(primal, dual);
  }

  private void move(double[] priceStep, double primal, double dual) {
    sites.move(primal, dual);
    rows.forEach(row -> row.move(primal, dual));
    for (int k = 0; k < prices.length; k++) {
      prices[k] += dual * priceStep[k];
    }
  }

  /** Tries bound and point where the distance could be small enough, or none will follow. */
  private void certify(double cost, boolean last) {
    boolean worthwhile = imbalanceLeft < SMALL_IMBALANCE && products <= promising(cost);
    boolean doubtful =
        bestCost == Double.POSITIVE_INFINITY
            && iterations >= DOUBTFUL
            && iterations % DOUBT_INTERVAL == 0;
    if (!worthwhile && !doubtful && !last) {
      return;
    }
    double[] vector = priceVector();
    double bound = sites.bound(vector);
    for (int a = 0; a < rows.size(); a++) {
      bound += rows.get(a).boundPart(vector[2 * steps + a]);
    }
    if (worthwhile || bound > SURE * largest(vector, vector.length)) {
      bestBound = Math.max(bestBound, bound);
    }
    if (!worthwhile && !last) {
      return;
    }
    double polished = sites.polish(vector);
    if (polished < bestCost) {
      bestCost = polished;
      sites.keep();
    }
  }

  private static double largest(double[] values, int length) {
    double largest = 0.0;
    for (int k = 0; k < length; k++) {
      largest = Math.max(largest, Math.abs(values[k]));
    }
    return largest;
  }
}
