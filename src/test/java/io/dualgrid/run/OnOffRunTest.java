package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.OnOff;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.heat.HeatPump;
import io.dualgrid.device.load.HeatLoad;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.problem.CaseException;
import io.dualgrid.site.GridCase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs in which sites fix the states of their devices. */
class OnOffRunTest {
  /** A watt: what bounds are kept to. */
  private static final double ROUNDING_KW = 1e-3;

  private static RunSettings settings(Privacy privacy, int steps) {
    return RunSettings.builder()
        .privacy(privacy)
        .ckksBackend("java")
        .algorithm(Algorithm.NEWTON)
        .stopping(Stopping.STRICT)
        .steps(steps)
        .threads(1)
        .allowExposedSums(true)
        .build();
  }

  private static RunResult run(GridCase gridCase, RunSettings settings) {
    return DispatchEngine.run(gridCase, settings, RunObserver.NONE);
  }

  private static double[] series(RunResult result, String device, String quantity) {
    return result.dispatch().stream()
        .filter(one -> one.device().equals(device) && one.quantity().equals(quantity))
        .findFirst()
        .orElseThrow()
        .values();
  }

  private static void assertSwitched(
      RunResult result, String device, OnOff onOff, double powerMaxKw) {
    double[] on = series(result, device, "on");
    double[] power = series(result, device, "P");
    for (int t = 0; t < on.length; t++) {
      assertThat(on[t]).isIn(0.0, 1.0);
      assertThat(Math.abs(power[t]))
          .isBetween(on[t] * onOff.powerMinKw() - ROUNDING_KW, on[t] * powerMaxKw + ROUNDING_KW);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "CKKS"})
  void endsWithinAPercentOfTheBestStates(Privacy privacy) {
    GridCase gridCase = SwitchedCase.of(SwitchedCase.UNIT, SwitchedCase.PUMP);
    RunSettings settings = settings(privacy, SwitchedCase.STEPS);
    RunResult result = run(gridCase, settings);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertSwitched(result, "CHP", SwitchedCase.UNIT, 100);
    assertSwitched(result, "AHP", SwitchedCase.PUMP, 40);
    CentralResult best = DispatchEngine.centralStates(gridCase, settings, Duration.ofMinutes(5));
    double tolerance = settings.gapTolerance() * best.totalCost();
    assertThat(result.totalCost()).isBetween(best.totalCost() - tolerance, 1.01 * best.totalCost());
    // relaxed states cost less than the best ones, and these no more than those that were fixed
    assertThat(result.lowerBound()).isLessThan(best.totalCost() + tolerance);
    assertThat(result.totalCost() - result.statesLowerBound()).isBetween(-1e-6, tolerance * 1.1);
  }

  @Test
  void aRunWithoutSuchDevicesHasNoBoundWithStates() {
    RunResult result =
        run(SwitchedCase.of(OnOff.NONE, OnOff.NONE), settings(Privacy.NONE, SwitchedCase.STEPS));
    assertThat(result.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.statesLowerBound()).isNaN();
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCELERATED", "PUBLISHED"})
  void otherAlgorithmsRefuseThemByName(Algorithm algorithm) {
    GridCase gridCase = SwitchedCase.of(SwitchedCase.UNIT, OnOff.NONE);
    RunSettings settings =
        settings(Privacy.NONE, SwitchedCase.STEPS).toBuilder().algorithm(algorithm).build();
    assertThatThrownBy(() -> run(gridCase, settings))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("case.json: node 1, device 3 (CHP): powerMinKw = 60: algorithm ")
        .hasMessageContaining("run with --privacy ckks or none");
  }

  private static GridInterface root(double buyMaxKw) {
    return new GridInterface(
        buyMaxKw, 1000, SwitchedCase.profile(0.4, 0.4), SwitchedCase.profile(0.1, 0.1), 0.8);
  }

  private static OnOff least(double powerMinKw) {
    return new OnOff(powerMinKw, Double.NaN, Double.NaN, Double.NaN);
  }

  @Test
  void siteWithoutStatesIsAProofAndNoDispatchIsTold() {
    List<DeviceSpec> root = List.of(root(1000));
    // 15 kW of heat need 5 kW, of which the pump takes 10 or none
    List<DeviceSpec> flat =
        List.of(
            new HeatLoad(SwitchedCase.profile(15, 60)),
            new HeatPump("EHP", 30, 3.0, 0.8, least(10)));
    RunResult result = run(SwitchedCase.feeder(List.of(root, flat), 2), settings(Privacy.NONE, 2));
    assertThat(result.status()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(result.dispatch()).isEmpty();
    assertThat(result.totalCost()).isNaN();
    assertThat(result.notices())
        .anyMatch(notice -> notice.contains("has proved that no states of on and off keep its own"))
        .anyMatch(notice -> notice.contains("keep its own limits; nodes [1]"));
  }

  @Test
  void unitsThatAreShortTogetherAreSwitchedOnAtTheSecondTry() {
    // both want 150 kW, the root sells 120 at 0.4, and a unit costs 0.9 and gives 60 at least:
    // what is short is 30 kW, of which each relaxed unit would give a half
    List<List<DeviceSpec>> devices =
        List.of(List.of(root(120)), List.of(load(), unit()), List.of(load(), unit()));
    GridCase gridCase = SwitchedCase.feeder(devices, 2);
    RunSettings settings = settings(Privacy.NONE, 2);
    RunResult result = run(gridCase, settings);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    CentralResult best = DispatchEngine.centralStates(gridCase, settings, Duration.ofMinutes(1));
    assertThat(result.totalCost()).isGreaterThan(best.totalCost() - 0.1);
  }

  private static DeviceSpec load() {
    return new PowerLoad(SwitchedCase.profile(75, 75));
  }

  private static DeviceSpec unit() {
    return new CombinedHeatPower(100, 0.0, 0.9, 0.8, least(60));
  }

  @Test
  void statesThatLeaveNoDispatchEndTheRunWithASentence() {
    // 30 kW are short, the unit gives 100 or none, and nothing takes what is left
    GridInterface island =
        new GridInterface(
            120, 0, SwitchedCase.profile(0.4, 0.4), SwitchedCase.profile(0.1, 0.1), 0.8);
    List<DeviceSpec> site =
        List.of(
            new PowerLoad(SwitchedCase.profile(150, 150)),
            new CombinedHeatPower(200, 0.0, 0.9, 0.8, least(160)));
    RunResult result =
        run(SwitchedCase.feeder(List.of(List.of(island), site), 2), settings(Privacy.NONE, 2));
    assertThat(result.status()).isEqualTo(RunStatus.NOT_CONVERGED);
    assertThat(result.dispatch()).isEmpty();
    assertThat(result.notices())
        .anyMatch(notice -> notice.contains("leave no dispatch that meets the limits"));
  }
}
