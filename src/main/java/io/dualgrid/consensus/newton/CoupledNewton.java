package io.dualgrid.consensus.newton;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The operator's part of the interior-point method over all sites: steps by {@link CoupledStep},
 * and certificates.
 */
public final class CoupledNewton {
  /**
   * Iteration from which on bounds are looked at where no point has been found: on the way to
   * nowhere they rise beyond what any dispatch can cost.
   */
  private static final int DOUBTFUL = 10;

  private static final int DOUBT_INTERVAL = 5;

  /** In dearest prices: beyond it prices are on such a way, and bounds are looked at at once. */
  private static final double UNHEARD_OF = 1e4;

  /**
   * Σ products over cost at which nothing is left that a step could gain: a gap that is still open
   * then is rounding, and further steps divide by nothing.
   */
  private static final double EXHAUSTED = 1e-12;

  private static final double LEAST_STEP = 1e-4;
  private static final int PATIENCE = 10;
  private static final int MAX_ITERATIONS = 120;

  private final NewtonSites sites;
  private final CoupledStep step;
  private double bestBound = Double.NEGATIVE_INFINITY;
  private double bestCost = Double.POSITIVE_INFINITY;
  private int iterations;
  private double[] before; // the prices at the end of the last iteration
  private boolean infeasible;
  private int still; // iterations on end without a step worth the name

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
    List<BalanceRow> balances = Arrays.stream(startPrices).mapToObj(BalanceRow::new).toList();
    double bounds = sites.begin(startPrices);
    step = new CoupledStep(sites, limits, paths, balances, bounds, settings, false);
  }

  /** Starts all sites where another day has been, see {@link NewtonStart}. */
  public CoupledNewton(
      NewtonSites sites,
      CoupledLimits limits,
      FeederPaths paths,
      CoupledPrices start,
      NewtonSettings settings) {
    this.sites = sites;
    List<BalanceRow> balances = Arrays.stream(start.balances()).mapToObj(BalanceRow::new).toList();
    List<NearLimit> known =
        start.places().stream().map(place -> limits.known(place, paths)).toList();
    if (!known.isEmpty()) {
      sites.enter(known);
    }
    double[] vector =
        DoubleStream.concat(Arrays.stream(start.balances()), Arrays.stream(start.limits()))
            .toArray();
    double bounds = sites.centre(vector, start.centre());
    step = new CoupledStep(sites, limits, paths, balances, bounds, settings, false);
    step.followDay();
    for (int a = 0; a < known.size(); a++) {
      step.takeUp(
          known.get(a), limits.row(known.get(a).place(), start.limits()[a], paths, start.centre()));
    }
  }

  /** Where another day may begin; empty before prices are of use. */
  public Optional<CoupledPrices> kept() {
    return step.kept();
  }

  /** The limits in use. */
  public List<NearLimit> entered() {
    return List.copyOf(step.entered());
  }

  /**
   * What costs are divided by, so that prices are of the order of one whatever a step lasts: the
   * dearest public price.
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
    CoupledStep.Taken taken = step.take();
    String stalled =
        taken.lost()
            ? "the equations of a step have left the range of numbers"
            : stalled(Math.max(taken.primal(), taken.dual()), taken.cost());
    certify(taken.cost(), !stalled.isEmpty());
    return new NewtonIteration(
        iterations,
        taken.imbalance(),
        taken.mu(),
        taken.primal(),
        taken.dual(),
        step.entered().size(),
        step.rounds(),
        bestBound,
        bestCost,
        infeasible,
        stalled);
  }

  /** Why it goes no further, empty while it does. */
  private String stalled(double length, double cost) {
    still = length < LEAST_STEP ? still + 1 : 0;
    if (still >= PATIENCE) {
      return "no step is left that keeps all limits";
    }
    if (step.products() < EXHAUSTED * Math.abs(cost)) {
      return "the method has ended, and what is left is rounding";
    }
    return iterations >= MAX_ITERATIONS ? MAX_ITERATIONS + " iterations were not enough" : "";
  }

  /** Tries bound and point where the distance could be small enough, or none will follow. */
  private void certify(double cost, boolean last) {
    boolean worthwhile = step.isBalanced() && step.isPromising(cost);
    double[] vector = step.priceVector();
    double[] previous = before;
    before = vector;
    double dearest = largest(vector, vector.length);
    boolean doubtful =
        bestCost == Double.POSITIVE_INFINITY
            && (dearest > UNHEARD_OF || iterations >= DOUBTFUL && iterations % DOUBT_INTERVAL == 0);
    if (!worthwhile && !doubtful && !last) {
      return;
    }
    // a bound holds at any prices, and in the same direction these prove as much
    double scale = worthwhile ? 1.0 : Math.min(1.0, UNHEARD_OF / dearest);
    double bound = step.bound(Arrays.stream(vector).map(price -> scale * price).toArray(), false);
    if (worthwhile || bound > Shortfall.SURE * scale * dearest) {
      bestBound = Math.max(bestBound, bound);
    }
    infeasible |= !worthwhile && previous != null && proves(vector, previous);
    if (!worthwhile && !last) {
      return;
    }
    double polished = sites.polish(vector);
    if (polished < bestCost) {
      bestCost = polished;
      sites.keep();
    }
  }

  /**
   * Whether the way that prices went in the last step proves that no dispatch meets the limits
   * (Farkas): of any dispatch Σuᵢ is zero and the rows are within limits, so that at no prices do
   * sites and limits, their costs left out, yield more than nothing.
   */
  private boolean proves(double[] vector, double[] previous) {
    double[] way = vector.clone();
    for (int a = 0; a < previous.length; a++) {
      way[a] -= previous[a];
    }
    double length = largest(way, way.length);
    return length > 0
        && step.bound(Arrays.stream(way).map(change -> change / length).toArray(), true)
            > Shortfall.SURE;
  }

  private static double largest(double[] values, int length) {
    double largest = 0.0;
    for (int k = 0; k < length; k++) {
      largest = Math.max(largest, Math.abs(values[k]));
    }
    return largest;
  }
}
