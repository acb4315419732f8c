package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.Generator;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sites for themselves and together, beside costs worked out by hand. */
class BaselineTest {
  private static final int STEPS = 2;
  private static final RunSettings SETTINGS = RunSettings.builder().steps(STEPS).threads(2).build();

  /** The solver stops at a relative gap of 1e-8 of some thousand. */
  private static final double EXACT = 1e-3;

  /**
   * A day in two steps: node 1 needs 100 kW, node 2 has a plant of 50 kW at 0.1 a kWh. The grid
   * sells at 0.5 and buys at 0.2; what a site feeds in is charged with 0.05.
   */
  @Test
  void eachSiteTradesWithTheGridAlone() {
    Baseline alone = Baseline.of(gridCase(1000, 100), SETTINGS);

    // node 2 sells its 50 kW at 0.2 − 0.05 − 0.1 a kWh, node 1 buys all it needs
    assertThat(alone.sites().get(0).totalCost()).isCloseTo(0, within(EXACT));
    assertThat(alone.sites().get(1).totalCost()).isCloseTo(100 * 0.5 * 24, within(EXACT));
    assertThat(alone.sites().get(2).totalCost()).isCloseTo(-50 * 0.05 * 24, within(EXACT));
    assertThat(alone.totalCost()).isCloseTo(1200 - 60, within(EXACT));

    // together its energy replaces half of what node 1 buys
    CentralResult together = DispatchEngine.central(gridCase(1000, 100), SETTINGS);
    assertThat(together.totalCost()).isCloseTo((50 * 0.5 + 50 * (0.1 + 0.05)) * 24, within(EXACT));
  }

  @Test
  void whatASiteBuysIsItsOwn() {
    Baseline alone = Baseline.of(gridCase(1000, 100), SETTINGS);
    assertThat(alone.costs())
        .filteredOn(one -> one.quantity().equals("grid_purchase") && one.values()[0] > 1)
        .singleElement()
        .satisfies(one -> assertThat(one.node()).isEqualTo("1"));
    assertThat(alone.costs().stream().flatMapToDouble(o -> Arrays.stream(o.values())).sum())
        .isCloseTo(alone.totalCost(), within(1e-9));
  }

  /** The limits of the feeder count for sites together only: the line to node 2 is rated 10 kVA. */
  @Test
  void limitsOfTheFeederDoNotCount() {
    assertThat(Baseline.of(gridCase(1000, 10), SETTINGS).totalCost())
        .isCloseTo(1200 - 60, within(EXACT));
  }

  /** Of 100 kW the grid above has 60 at most: node 1 depends on node 2. */
  @Test
  void siteThatNeedsTheOthersIsNamed() {
    Baseline alone = Baseline.of(gridCase(60, 100), SETTINGS);
    assertThat(alone.unserved()).containsExactly(1);
    assertThat(alone.totalCost()).isNaN();
    assertThat(DispatchEngine.central(gridCase(60, 100), SETTINGS).solved()).isTrue();
  }

  private static GridCase gridCase(double buyMaxKw, double ratingKva) {
    List<List<DeviceSpec>> devices =
        List.of(
            List.of(new GridInterface(buyMaxKw, 1000, flat(0.5), flat(0.2), 0.8)),
            List.of(new PowerLoad(flat(100))),
            List.of(new Generator(0, 50, 0, 0, 0.1)));
    List<GridCase.Node> nodes = new ArrayList<>();
    for (int id = 0; id < devices.size(); id++) {
      nodes.add(new GridCase.Node(id, "node " + id, devices.get(id)));
    }
    List<Line> lines =
        List.of(new Line(0, 1, 1e-3, 1e-3), new Line(1, 2, 1e-3, 1e-3, 1.0, ratingKva));
    NetworkLimits limits = new NetworkLimits(24, STEPS, 1000, 100, 0.95, 1.05, 1.0, 1e5, 0.05);
    return new GridCase(
        "baseline", "", limits, nodes, lines, new FeederTree(List.of(0, 1, 2), lines));
  }

  private static Profile flat(double value) {
    return new Profile("test.csv", "column", 1.0, new double[] {value, value});
  }
}
