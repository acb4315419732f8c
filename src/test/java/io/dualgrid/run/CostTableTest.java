package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.OnOff;
import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.generation.Generator;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.DispatchableLoad;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a dispatch costs, by part, beside costs worked out by hand. */
class CostTableTest {
  private static final int STEPS = 2;

  /**
   * Two steps of 12 h. Node 1 needs 100 kW and has a plant of 30 kW at 0.2 a kWh and one of gas of
   * 10 kW at 0.1·(1 + 1) a kWh, both cheaper than the grid at 0.5; node 2 pays 0.9 for up to 20 kW
   * and has a plant of 50 kW at 0.1, of which 30 kW go to node 1 at a charge of 0.05.
   */
  @Test
  void partsAreThoseWorkedOutByHand() {
    GridCase gridCase =
        grid(
            List.of(grid(0.5)),
            List.of(
                new PowerLoad(flat(100)),
                new Generator(0, 30, 0, 0, 0.2),
                new CombinedHeatPower(10, 1, 0.1, 1.0)),
            List.of(new DispatchableLoad(20, 0, 0.9), new Generator(0, 50, 0, 0, 0.1)));
    CentralResult result = DispatchEngine.central(gridCase, settings());

    Map<String, Double> parts = parts(result.costs());
    double hours = 24;
    // 30 kW from node 2 and 40 of its own leave 30 for the grid, which the root feeds in uncharged
    assertThat(parts.get("grid_purchase")).isCloseTo(30 * 0.5 * hours, within(1e-3));
    assertThat(parts.get("generation")).isCloseTo((30 * 0.2 + 50 * 0.1) * hours, within(1e-3));
    assertThat(parts.get("fuel")).isCloseTo(10 * 0.2 * hours, within(1e-3));
    assertThat(parts.get("served_load")).isCloseTo(-20 * 0.9 * hours, within(1e-3));
    assertThat(parts.get("network_charge")).isCloseTo(30 * 0.05 * hours, within(1e-3));
    assertThat(parts.get("grid_sale")).isCloseTo(0, within(1e-3));
    assertThat(parts).hasSize(6);
    assertThat(sum(result.costs())).isCloseTo(result.totalCost(), within(1e-9));
  }

  /** A plant that is needed in the second step only starts once, for 7. */
  @Test
  void startsCost() {
    Profile rising = profile(0, 100);
    OnOff onOff = new OnOff(20, 0, 0, 7);
    GridCase gridCase =
        grid(
            List.of(grid(0.5)),
            List.of(new PowerLoad(rising), new CombinedHeatPower(50, 0, 0.1, 1.0, onOff)),
            List.of());
    CentralResult result =
        DispatchEngine.centralStates(gridCase, settings(), Duration.ofMinutes(1));
    assertThat(parts(result.costs()).get("start")).isCloseTo(7, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"NEWTON", "ACCELERATED"})
  void partsOfARunAddUpToItsCost(Algorithm algorithm) {
    RunResult result =
        DispatchEngine.run(
            SixBus.CASE,
            RunSettings.builder().steps(24).privacy(Privacy.NONE).algorithm(algorithm).build(),
            RunObserver.NONE);
    assertThat(result.status()).isEqualTo(RunStatus.CONVERGED);
    // both are sums of the same products, in another order
    assertThat(sum(result.costs())).isCloseTo(result.totalCost(), within(1e-6));
  }

  private static RunSettings settings() {
    return RunSettings.builder().steps(STEPS).build();
  }

  private static double sum(List<DispatchSeries> costs) {
    return costs.stream().flatMapToDouble(one -> Arrays.stream(one.values())).sum();
  }

  private static Map<String, Double> parts(List<DispatchSeries> costs) {
    Map<String, Double> parts = new TreeMap<>();
    costs.forEach(
        one -> parts.merge(one.quantity(), Arrays.stream(one.values()).sum(), Double::sum));
    return parts;
  }

  private static Profile flat(double value) {
    return profile(value, value);
  }

  private static Profile profile(double... values) {
    return new Profile("test.csv", "column", 1.0, values);
  }

  private static GridInterface grid(double price) {
    return new GridInterface(1000, 1000, flat(price), flat(0.01), Double.NaN);
  }

  private static GridCase grid(
      List<DeviceSpec> root, List<DeviceSpec> first, List<DeviceSpec> second) {
    List<Line> lines = List.of(new Line(0, 1, 1e-3, 1e-3), new Line(1, 2, 1e-3, 1e-3));
    List<GridCase.Node> nodes =
        List.of(
            new GridCase.Node(0, "root", root),
            new GridCase.Node(1, "first", first),
            new GridCase.Node(2, "second", second));
    NetworkLimits limits = new NetworkLimits(24, STEPS, 1000, 100, 0.95, 1.05, 1.0, 1e5, 0.05);
    return new GridCase("costs", "", limits, nodes, lines, new FeederTree(List.of(0, 1, 2), lines));
  }
}
