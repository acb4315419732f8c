package io.dualgrid.steering;

import io.dualgrid.consensus.InfeasibleException;
import io.dualgrid.consensus.newton.CoupledLimits;
import io.dualgrid.consensus.newton.NearLimit;
import io.dualgrid.consensus.newton.NewtonSettings;
import io.dualgrid.consensus.newton.NewtonSites;
import io.dualgrid.consensus.newton.RelaxedNewton;
import io.dualgrid.consensus.newton.Shortfall;
import java.util.List;

/**
 * The search for what is short where no dispatch meets the limits, by whoever steers: {@link
 * RelaxedNewton} over all energy systems. Its prices prove by themselves that something is.
 */
public final class ShortfallSearch {
  private static final String LEAST_BROKEN =
      "no dispatch meets the limits: at the prices of what has to be broken least, all that devices and"
          + " root can do is worth less than what the limits ask for (Farkas)";

  /** Iterations between looks at whether prices prove it already. */
  private static final int INTERVAL = 5;

  private final SteeredFeeder feeder;
  private final RelaxedNewton loose;
  private String proof;
  private int iterations;

  /**
   * Has all sites start without costs.
   *
   * @param known limits that bound an earlier search for a dispatch
   * @param proof that no dispatch meets the limits; empty where this search is to find one
   */
  ShortfallSearch(
      SteeredFeeder feeder,
      NewtonSites sites,
      NewtonSettings settings,
      List<NearLimit> known,
      String proof) {
    this.feeder = feeder;
    this.proof = proof;
    loose =
        new RelaxedNewton(
            sites,
            CoupledLimits.of(feeder.limits()),
            feeder.paths(),
            feeder.steps(),
            settings,
            known);
  }

  /**
   * The same where another algorithm has searched for a dispatch: the limits that its present point
   * is nearest to, or breaks most, are known.
   *
   * @param gapTolerance of the run
   */
  public static ShortfallSearch after(
      Talk talk, SteeredFeeder feeder, double gapTolerance, String proof) {
    SummedSites sites =
        new SummedSites(
            talk, feeder.paths(), CoupledLimits.of(feeder.limits()), feeder.steps(), false);
    List<NearLimit> near = sites.near();
    if (!near.isEmpty()) {
      sites.enter(near);
    }
    return new ShortfallSearch(feeder, sites, new NewtonSettings(gapTolerance, false), near, proof);
  }

  /**
   * Runs one iteration.
   *
   * @return what is known then
   * @throws InfeasibleException at its end, where something is short: with the proof, and with what
   *     it is where that is known
   */
  public Outcome iterate() {
    iterations++;
    double imbalance = loose.iterate();
    if (proof.isEmpty() && (isOver() || iterations % INTERVAL == 0)) {
      proof = loose.leastBroken() > Shortfall.SURE ? LEAST_BROKEN : "";
    }
    if (isOver() && !proof.isEmpty()) {
      List<Shortfall> found = loose.found();
      if (found.isEmpty()) {
        throw new InfeasibleException(proof + "; " + CostLimit.WHERE_TO_LOOK);
      }
      throw feeder.infeasible(proof, found);
    }
    return Outcome.searching(imbalance, proof);
  }

  /** Whether nothing is short, or it will not be known. */
  public boolean isOver() {
    return loose.isOver();
  }
}
