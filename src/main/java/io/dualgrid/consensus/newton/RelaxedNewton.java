package io.dualgrid.consensus.newton;

import io.dualgrid.feeder.RatingPolygon;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Why no dispatch meets all limits: the interior-point method once more, without costs, and with
 * the limits of voltages and flows and the balance of the root let loose at a price of one per
 * unit. Devices keep their limits. Least is the sum of what is broken of the limits that have
 * entered, the worst node of each step among them, and of what the root lacks or cannot take.
 *
 * <p>Nothing more than in {@link CoupledNewton} is asked of the sites; what is broken stands in the
 * operator's own rows.
 */
public final class RelaxedNewton {
  /** Each product at the start: of the size of what feeders lack. */
  private static final double START = 1e-2;

  /** What may be left of the products, of all that is broken: amounts are told to four digits. */
  private static final double LEFT = 1e-4;

  private static final int MAX_ITERATIONS = 60;

  private final FeederPaths paths;
  private final List<LimitRow> balances;
  private final CoupledStep step;
  private int iterations;
  private boolean lost;

  /**
   * Has all sites start without costs.
   *
   * @param steps T
   * @param known limits that bound the search for a dispatch: those that enter on the way do so
   *     where products are small by then, and hold up a step for every one that is broken
   */
  public RelaxedNewton(
      NewtonSites sites,
      CoupledLimits limits,
      FeederPaths paths,
      int steps,
      NewtonSettings settings,
      List<NearLimit> known) {
    this.paths = paths;
    double bounds = sites.relax();
    balances =
        IntStream.range(0, 2 * steps)
            .mapToObj(balance -> LimitRow.loose(0.0, 0.0, 0.0, 0.0, START))
            .toList();
    step = new CoupledStep(sites, limits, paths, balances, bounds, settings, true);
    if (!known.isEmpty()) {
      sites.enter(known);
    }
    known.forEach(limit -> step.takeUp(limit, limits.row(limit, paths, START, true)));
  }

  /** Runs one iteration; the largest imbalance that no lack accounts for, per unit. */
  public double iterate() {
    iterations++;
    CoupledStep.Taken taken = step.take();
    lost = taken.lost();
    return taken.imbalance();
  }

  /** Whether what is broken is known, or will not be. */
  public boolean isOver() {
    boolean nothing = step.isSettled() && step.products() <= LEFT * Shortfall.LEAST;
    return isExact() || nothing || lost || iterations >= MAX_ITERATIONS;
  }

  /**
   * A lower bound on the sum of what is broken, by the prices of the last iteration, none of which
   * is beyond one: Σ min −(Cᵢq)ᵀuᵢ over the sites' own rows, and what the limits in use add. Above
   * zero it proves that no dispatch meets them (Farkas), for of one Σuᵢ is zero and all of them are
   * met, so that both together are at most zero.
   *
   * @return per unit; negative infinity where a site has no answer
   */
  public double leastBroken() {
    return step.bound(step.priceVector(), true);
  }

  private boolean isExact() {
    double broken = 0.0;
    for (Shortfall shortfall : shortfalls()) {
      broken += shortfall.amount();
    }
    return step.isSettled() && step.products() <= LEFT * broken;
  }

  /** What is broken, largest first; empty where the iterations were not enough to tell. */
  public List<Shortfall> found() {
    return isExact() ? shortfalls() : List.of();
  }

  private List<Shortfall> shortfalls() {
    List<Shortfall> found = new ArrayList<>();
    int steps = balances.size() / 2;
    for (int k = 0; k < balances.size(); k++) {
      Shortfall.Kind kind =
          k < steps ? Shortfall.Kind.ACTIVE_BALANCE : Shortfall.Kind.REACTIVE_BALANCE;
      add(balances.get(k), kind, paths.root(), k % steps, found);
    }
    for (int k = 0; k < step.entered().size(); k++) {
      RowPlace place = step.entered().get(k).place();
      LimitRow row = step.limitRow(k);
      switch (place.kind()) {
        case VOLTAGE -> add(row, Shortfall.Kind.VOLTAGE, place.node(), place.step(), found);
        case ACTIVE_FLOW, REACTIVE_FLOW ->
            add(row, Shortfall.Kind.FLOW, place.node(), place.step(), found);
        case RATING -> addRating(row, place, found);
      }
    }
    found.sort(Comparator.comparingDouble(Shortfall::amount).reversed());
    return found;
  }

  /** Of a row that is turned, the lower side is of flow away from the node. */
  private static void addRating(LimitRow row, RowPlace place, List<Shortfall> found) {
    boolean turned =
        RatingPolygon.isTurned(
            RatingPolygon.activeFactor(place.ratingRow()),
            RatingPolygon.reactiveFactor(place.ratingRow()));
    List<Shortfall> broken = new ArrayList<>();
    add(row, Shortfall.Kind.RATING, place.node(), place.step(), broken);
    for (Shortfall one : broken) {
      found.add(
          new Shortfall(
              one.kind(),
              one.node(),
              one.step(),
              one.lack() != turned,
              RatingPolygon.ratingRise(one.amount())));
    }
  }

  private static void add(
      LimitRow row, Shortfall.Kind kind, int node, int step, List<Shortfall> found) {
    if (row.brokenLow() > Shortfall.LEAST) {
      found.add(new Shortfall(kind, node, step, true, row.brokenLow()));
    }
    if (row.brokenHigh() > Shortfall.LEAST) {
      found.add(new Shortfall(kind, node, step, false, row.brokenHigh()));
    }
  }
}
