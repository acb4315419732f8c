package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two nodes, two steps of an hour, one price for buying and selling. At a negative price the
 * battery takes as much as it can lose: it charges at its 50 kW and discharges 0.9·0.9 of that, so
 * that its energy returns to where it began, if not in each step then over both.
 */
class OpposedPairsRunTest {
  private static final double EFFICIENCY = 0.9;
  private static final double MOST = 50.0;

  private static GridCase gridCase(double price, double efficiency) {
    NetworkLimits limits = new NetworkLimits(2, 2, 1000.0, 100.0, 0.95, 1.05, 1.0, 1e5, 0.0);
    Profile prices = new Profile("p.csv", "1", 1.0, new double[] {price, price});
    Profile load = new Profile("p.csv", "2", 1.0, new double[] {300.0, 200.0});
    List<DeviceSpec> root = List.of(new GridInterface(2000, 2000, prices, prices, 0.8));
    List<DeviceSpec> site =
        List.of(
            new PowerLoad(load),
            // its reactive power is nothing: a power factor of one
            new Battery(MOST, 150, 75, 0, efficiency, efficiency, 1.0));
    List<Line> lines = List.of(new Line(0, 1, 0.1, 0.1));
    return new GridCase(
        "pair",
        "hand-made",
        limits,
        List.of(new Node(0, "root", root), new Node(1, "site", site)),
        lines,
        new FeederTree(List.of(0, 1), lines));
  }

  private static RunSettings settings(Algorithm algorithm) {
    return RunSettings.builder()
        .privacy(Privacy.NONE)
        .algorithm(algorithm)
        .steps(2)
        .maxIterations(300)
        .threads(1)
        .build();
  }

  private static double[] series(List<DispatchSeries> dispatch, String device, String quantity) {
    return dispatch.stream()
        .filter(one -> one.device().equals(device) && one.quantity().equals(quantity))
        .findFirst()
        .orElseThrow()
        .values();
  }

  private static void assertNetted(List<DispatchSeries> dispatch, String device, String... both) {
    double[] first = series(dispatch, device, both[0]);
    double[] second = series(dispatch, device, both[1]);
    for (int t = 0; t < first.length; t++) {
      // exact: one of them has all of itself taken off
      assertThat(Math.min(first[t], second[t])).as("%s, step %d", device, t).isNotPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"NEWTON", "ACCELERATED"})
  void namesABatteryThatIsPaidForItsLosses(Algorithm algorithm) {
    RunResult result =
        DispatchEngine.run(gridCase(-0.1, EFFICIENCY), settings(algorithm), RunObserver.NONE);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.notices())
        .anySatisfy(
            notice -> {
              assertThat(notice).startsWith("node 1: BT has P_charge and P_discharge at once");
              assertThat(notice).contains("steps 0, 1");
            });
    assertNetted(result.dispatch(), "GI", "P_buy", "P_sell");
  }

  @Test
  void tellsHowMuchOfTheOptimumItIs() {
    CentralResult central =
        DispatchEngine.central(gridCase(-0.1, EFFICIENCY), settings(Algorithm.NEWTON));
    double both = EFFICIENCY * EFFICIENCY * MOST;
    assertThat(central.notices()).hasSize(1);
    assertThat(central.notices().get(0)).contains("steps 0, 1");
    double[] discharge = series(central.dispatch(), "BT", "P_discharge");
    String told = central.notices().get(0).replaceAll(".*up to (.*) kW.*", "$1");
    // the more of the two is not unique, their sum is; told with four digits
    double more = Math.max(discharge[0], discharge[1]);
    assertThat(Double.parseDouble(told)).isCloseTo(more, within(5e-4 * more));
    // the solver's 1e-8 of the base power, in kW
    assertThat(discharge[0] + discharge[1]).isCloseTo(2 * both, within(1e-3));
    assertNetted(central.dispatch(), "GI", "P_buy", "P_sell");
    // 500 kWh of load and what the battery loses, at −0.1
    assertThat(central.totalCost()).isCloseTo(-0.1 * (500 + 2 * (MOST - both)), within(1e-4));
  }

  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"NEWTON", "ACCELERATED"})
  void netsABatteryWithoutLosses(Algorithm algorithm) {
    GridCase lossless = gridCase(0.1, 1.0);
    RunResult result = DispatchEngine.run(lossless, settings(algorithm), RunObserver.NONE);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.notices()).noneMatch(notice -> notice.contains("at once"));
    assertNetted(result.dispatch(), "BT", "P_charge", "P_discharge");
    assertNetted(result.dispatch(), "GI", "P_buy", "P_sell");
    double[] charge = series(result.dispatch(), "BT", "P_charge");
    double[] discharge = series(result.dispatch(), "BT", "P_discharge");
    double[] energy = series(result.dispatch(), "BT", "E");
    // energy as it was: 75 kWh and what has gone in; a solver's 1e-8 of the base power
    assertThat(energy[0]).isCloseTo(75 + charge[0] - discharge[0], within(1e-4));
    assertThat(result.totalCost()).isCloseTo(0.1 * 500, within(0.1));
  }
}
