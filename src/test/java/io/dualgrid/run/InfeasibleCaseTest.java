package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.HeatLoad;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.CostCeiling;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The 6-bus case without plants and their heat, and with a root that may buy next to nothing. */
class InfeasibleCaseTest {
  private static final GridCase YINGKOU = CaseLocator.read("yingkou-60");
  private static final GridCase STARVED = starved(SixBus.CASE);

  private static GridCase starved(GridCase of) {
    List<Node> nodes =
        of.nodes().stream()
            .map(node -> new Node(node.id(), node.name(), starved(node.devices())))
            .toList();
    return new GridCase("starved", of.source(), of.limits(), nodes, of.lines(), of.tree());
  }

  private static List<DeviceSpec> starved(List<DeviceSpec> devices) {
    return devices.stream()
        .flatMap(
            device -> {
              if (device instanceof GridInterface grid) {
                return Stream.of(
                    new GridInterface(
                        1,
                        grid.sellMaxKw(),
                        grid.buyPricePerKwh(),
                        grid.sellPricePerKwh(),
                        grid.powerFactorMin()));
              }
              return device instanceof CombinedHeatPower || device instanceof HeatLoad
                  ? Stream.of()
                  : Stream.of(device);
            })
        .toList();
  }

  @Test
  void theCentralSolveProvesItAndTellsNoCost() {
    CentralResult central = DispatchEngine.central(STARVED, RunSettings.defaults());
    assertThat(central.solved()).isFalse();
    assertThat(central.status())
        .startsWith("infeasible: no dispatch meets the limits")
        .contains("buyMaxKw");
    assertThat(central.totalCost()).isNaN();
    assertThat(central.dispatch()).isEmpty();
  }

  @Test
  void theCoupledMethodProvesItWithinFortyIterations() {
    RunResult result =
        DispatchEngine.run(
            STARVED,
            SixBus.settings(Privacy.NONE).toBuilder()
                .algorithm(Algorithm.NEWTON)
                .maxIterations(200)
                .build(),
            RunObserver.NONE);
    assertThat(result.status()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(result.iterations()).isLessThan(40);
    assertThat(result.notices())
        .anySatisfy(notice -> assertThat(notice).startsWith("no dispatch meets the limits: "));
    assertThat(result.totalCost()).isNaN();
    assertThat(result.voltageMinPu()).isNaN();
    assertThat(result.dispatch()).isEmpty();
  }

  /**
   * Prices grow slowly here, so that the way they go proves it before the bound passes what all
   * would cost. The central program says how much is short: 0.005728 p.u. at node 59 in the step
   * from 17 h.
   */
  @Test
  void whatIsShortByLittleIsProvedAndToldWithinFortyIterations() {
    NetworkLimits limits = YINGKOU.limits();
    GridCase high =
        new GridCase(
            "lowest voltage at 0.999",
            YINGKOU.source(),
            new NetworkLimits(
                limits.horizonHours(),
                limits.profileRows(),
                limits.basePowerKw(),
                limits.baseImpedanceOhm(),
                0.999,
                limits.voltageMaxPu(),
                limits.rootVoltagePu(),
                limits.exchangeMaxKw(),
                limits.networkChargePerKwh()),
            YINGKOU.nodes(),
            YINGKOU.lines(),
            YINGKOU.tree());
    RunResult result =
        DispatchEngine.run(
            high,
            RunSettings.builder()
                .privacy(Privacy.NONE)
                .algorithm(Algorithm.NEWTON)
                .threads(2)
                .build(),
            RunObserver.NONE);
    assertThat(result.status()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(result.notices())
        .anyMatch(
            notice ->
                notice.contains("node 59")
                    && notice.contains("step 17")
                    && notice.contains("0.005728 p.u."));
    assertThat(result.iterations()).isLessThanOrEqualTo(40);
    assertThat(result.totalCost()).isNaN();
  }

  /** The operator knows no figure then, and tells what is short all the same. */
  @Test
  void theRootProvesItAsTheOperatorDoes() {
    RunSettings blocks =
        SixBus.settings(Privacy.NONE).toBuilder().algorithm(Algorithm.NEWTON).build();
    RunResult told = DispatchEngine.run(STARVED, blocks, RunObserver.NONE);
    RunResult found =
        DispatchEngine.run(
            STARVED,
            blocks.toBuilder().sensitivities(Sensitivities.ROOT).build(),
            RunObserver.NONE);
    assertThat(found.status()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(found.notices()).isEqualTo(told.notices());
    assertThat(found.notices()).anyMatch(notice -> notice.contains("raise buyMaxKw"));
    assertThat(found.totalCost()).isNaN();
  }

  @ParameterizedTest
  @EnumSource(
      value = Privacy.class,
      names = {"NONE", "CKKS"})
  void aRunEndsWhenItsBoundIsAboveAnyCost(Privacy privacy) {
    RunResult result =
        DispatchEngine.run(
            STARVED,
            SixBus.settings(privacy).toBuilder().maxIterations(200).threads(2).build(),
            RunObserver.NONE);
    assertThat(result.status()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(result.iterations()).isLessThan(200);
    assertThat(result.notices())
        .anySatisfy(
            notice ->
                assertThat(notice)
                    .contains("no dispatch meets the limits")
                    .contains("buyMaxKw", "exchangeMaxKw"));
    assertThat(result.totalCost()).isNaN();
    assertThat(result.lowerBound()).isNaN();
    assertThat(result.voltageMinPu()).isNaN();
    assertThat(result.dispatch()).isEmpty();
  }

  /** Who cannot prove it says what decides it, and shows no cost of copies that disagree. */
  @Test
  void aRunThatDoesNotProveItSaysWhoDoes() {
    RunResult result =
        DispatchEngine.run(
            STARVED,
            SixBus.settings(Privacy.NONE).toBuilder()
                .algorithm(Algorithm.PUBLISHED)
                .stopping(Stopping.PUBLISHED)
                .maxIterations(5)
                .build(),
            RunObserver.NONE);
    assertThat(result.status()).isEqualTo(RunStatus.NOT_CONVERGED);
    assertThat(result.notices()).contains(RunAssembly.UNDECIDED + RunAssembly.NEWTON_DOES);
    assertThat(RunAssembly.UNDECIDED).contains("validate CASE --solve");
    assertThat(result.totalCost()).isNaN();
  }

  /** Else a run that has an optimum could be ended. */
  @Test
  void theCeilingIsAboveTheOptimum() {
    RunSettings settings = RunSettings.defaults();
    Horizon horizon = Horizon.of(SixBus.CASE.limits(), settings.steps(), settings.sampling());
    double[] price = new double[settings.steps()]; // free purchases make it lower only
    double ceiling =
        SixBus.CASE.nodes().stream()
            .mapToDouble(node -> CostCeiling.of(node, horizon, SixBus.CASE.limits(), price))
            .sum();
    assertThat(ceiling).isGreaterThan(SixBus.CENTRAL.totalCost());
  }
}
