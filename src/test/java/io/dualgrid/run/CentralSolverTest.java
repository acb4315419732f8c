package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.Renewable;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CentralSolverTest {
  /**
   * Optima found with HiGHS from the same model, its feasibility and optimality tolerances at 1e-9.
   * The interior-point method stops at a relative gap of 1e-8; rows are off by as much, which
   * multiplies by prices: 1e-6 leaves two orders for that.
   */
  @ParameterizedTest
  @CsvSource({"6-bus, 477.0", "yingkou-60, 28300.648617"})
  void agreesWithAnIndependentSolver(String name, double optimum) {
    CentralResult central =
        DispatchEngine.central(CaseLocator.read(name), RunSettings.builder().steps(24).build());
    assertThat(central.solved()).as(central.status()).isTrue();
    assertThat(central.totalCost()).isCloseTo(optimum, withinPercentage(1e-4));
  }

  /** A plant whose forecast at night is rounding, as tables from other programs have it. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-14, 1e-12, 1e-8, 1e-7})
  void whatIsAvailableInRoundingOnlyIsNothing(double availableKw) {
    double exact = withNight(0.0).totalCost();
    CentralResult central = withNight(availableKw);

    assertThat(central.solved()).as(central.status()).isTrue();
    // the solver's 1e-8, and 24 h of the availability at a price of one
    assertThat(central.totalCost()).isCloseTo(exact, withinPercentage(1e-4));
  }

  private static CentralResult withNight(double availableKw) {
    Profile night = new Profile("pv.csv", "pv", 1.0, new double[96]);
    java.util.Arrays.fill(night.rawValues(), availableKw);
    List<GridCase.Node> nodes = new ArrayList<>();
    for (GridCase.Node node : SixBus.CASE.nodes()) {
      List<DeviceSpec> devices = new ArrayList<>(node.devices());
      devices.add(Renewable.photovoltaic(night, 0.9));
      nodes.add(new GridCase.Node(node.id(), node.name(), devices));
    }
    GridCase gridCase =
        new GridCase(
            "6-bus at night",
            "in memory",
            SixBus.CASE.limits(),
            nodes,
            SixBus.CASE.lines(),
            SixBus.CASE.tree());
    return DispatchEngine.central(gridCase, RunSettings.builder().steps(24).build());
  }
}
