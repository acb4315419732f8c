package io.dualgrid.edge.newton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.consensus.newton.NewtonSettings;
import io.dualgrid.consensus.newton.RelaxedNewton;
import io.dualgrid.consensus.newton.Shortfall;
import io.dualgrid.device.Profile;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.load.ReactiveLoad;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Grid, junction and a load of 300 kW and 100 kvar behind 12 and 7 ohm of a base of 100: its
 * voltage is 1 − 0.3·0.12 − 0.1·0.07 = 0.957 whatever is done. With a lowest voltage of 0.97 it
 * lacks 0.013 at each step. The certificate of Farkas is one on that limit, −0.12 on the active and
 * −0.07 on the reactive power of the load.
 */
class RelaxedNewtonTest {
  private static final int STEPS = 2;
  private static final double VOLTAGE = 0.957;

  private static GridCase three(double lowest) {
    List<Line> lines = List.of(new Line(0, 1, 5.0, 4.0), new Line(1, 2, 7.0, 3.0));
    GridInterface grid = new GridInterface(5000, 5000, profile(1), profile(1), 0.8, -1e5, 1e5);
    return new GridCase(
        "three",
        "",
        new NetworkLimits(24, STEPS, 1000, 100, lowest, 1.05, 1.0, 1e5, 0.0),
        List.of(
            new Node(0, "grid", List.of(grid)),
            new Node(1, "junction", List.of()),
            new Node(
                2, "load", List.of(new PowerLoad(profile(300)), new ReactiveLoad(profile(100))))),
        lines,
        new FeederTree(List.of(0, 1, 2), lines));
  }

  private static Profile profile(double value) {
    return new Profile("profile.csv", "1", 1.0, new double[] {value, value});
  }

  private static RelaxedNewton ended(GridCase gridCase) {
    LocalSites sites = new LocalSites(gridCase, STEPS);
    RelaxedNewton search =
        new RelaxedNewton(
            sites, sites.limits, sites.paths, STEPS, new NewtonSettings(1e-4, false), List.of());
    while (!search.isOver()) {
      search.iterate();
    }
    return search;
  }

  @Test
  void itsPricesProveWhatIsBrokenByHand() {
    double lack = 0.97 - VOLTAGE;
    RelaxedNewton search = ended(three(0.97));

    assertThat(search.found())
        .hasSize(STEPS)
        .allSatisfy(
            one -> {
              assertThat(one.kind()).isEqualTo(Shortfall.Kind.VOLTAGE);
              assertThat(one.node()).isEqualTo(2);
              assertThat(one.lack()).isTrue();
              // it ends at products below 1e-4 of all that is broken
              assertThat(one.amount()).isCloseTo(lack, within(1e-4 * STEPS * lack));
            });
    // never above what is broken, but for 1e-9 of each site, and within the products of it
    assertThat(search.leastBroken()).isBetween((1 - 1e-4) * STEPS * lack, STEPS * lack + 3e-9);
  }

  @Test
  void nothingIsProvedWhereADispatchMeetsTheLimits() {
    RelaxedNewton search = ended(three(0.95));

    assertThat(search.found()).isEmpty();
    assertThat(search.leastBroken()).isLessThan(3e-9);
  }

  /** Of a case with a dispatch, all that sites yield at any prices is at most zero. */
  @Test
  void noPricesProveThatACaseWithADispatchHasNone() {
    LocalSites sites = new LocalSites(CaseLocator.read("6-bus"), 24);
    Random random = new Random(11);
    for (int draw = 0; draw < 20; draw++) {
      double[] prices = random.doubles(48, -1.0, 1.0).toArray();
      // each site is right to 1e-9 of what it can trade; the root's 5 MW at 24 steps is the most
      assertThat(sites.bound(prices, true)).isLessThan(1e-6);
    }
  }
}
