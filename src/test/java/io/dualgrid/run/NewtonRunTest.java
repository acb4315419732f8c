package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of the coupled interior-point method between parties that exchange bytes. */
class NewtonRunTest {
  private static final double GAP = 1e-4;

  private static RunSettings settings(Privacy privacy) {
    return SixBus.settings(privacy).toBuilder()
        .algorithm(Algorithm.NEWTON)
        .stopping(Stopping.STRICT)
        .build();
  }

  private static RunResult run(GridCase gridCase, RunSettings settings) {
    return DispatchEngine.run(gridCase, settings, RunObserver.NONE);
  }

  @ParameterizedTest
  @CsvSource({"6-bus, NONE, 22", "6-bus, CKKS, 22", "yingkou-60, NONE, 22"})
  void certifiesTheOptimum(String name, Privacy privacy, int iterations) {
    GridCase gridCase = CaseLocator.read(name);
    RunSettings settings = settings(privacy);
    RunResult result = run(gridCase, settings);
    double optimum = DispatchEngine.central(gridCase, settings).totalCost();

    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.iterations()).isLessThanOrEqualTo(iterations);
    assertThat(result.totalCost() - result.lowerBound()).isLessThan(GAP * result.totalCost());
    // the central optimum and the bounds of the sites are right to some 1e-8 each
    assertThat(result.lowerBound()).isLessThan(optimum * (1 + 1e-7));
    assertThat(result.totalCost())
        .isBetween(
            optimum * (1 - 1e-7) - moneyOfMismatch(gridCase, result), optimum * (1 + GAP + 1e-7));
    // what is adopted was exchanged once more, and both ends of every line agree
    assertThat(result.maxVoltageMismatchPu()).isLessThan(1e-5);
  }

  /** Encryption rounds to some 1e-8, so that it may change the course by an iteration or two. */
  @Test
  void hidingChangesNothingOfTheResult() {
    RunResult open = run(SixBus.CASE, settings(Privacy.NONE));
    RunResult hidden = run(SixBus.CASE, settings(Privacy.CKKS));

    assertThat(Math.abs(hidden.iterations() - open.iterations())).isLessThanOrEqualTo(2);
    // the bound is right to some 1e-8
    assertThat(hidden.totalCost())
        .isBetween(
            open.lowerBound() * (1 - 1e-7) - moneyOfMismatch(SixBus.CASE, hidden),
            open.totalCost() * (1 + GAP));
  }

  /**
   * The most that a cost can be off because both ends of a line keep a flow a little apart, as
   * encryption rounds it: the sites then share energy that nobody paid, at each of two ends of each
   * line at most the norm of its mismatch times that of the dearest price and charge.
   */
  private static double moneyOfMismatch(GridCase gridCase, RunResult result) {
    int steps = result.settings().steps();
    NetworkLimits limits = gridCase.limits();
    double dearest =
        gridCase.nodes().stream()
            .flatMap(node -> node.devices().stream())
            .filter(GridInterface.class::isInstance)
            .flatMapToDouble(
                device -> Arrays.stream(((GridInterface) device).buyPricePerKwh().rawValues()))
            .max()
            .orElseThrow();
    double stepHours = limits.horizonHours() / steps;
    double priceNorm = (dearest + limits.networkChargePerKwh()) * stepHours * Math.sqrt(steps);
    double mismatchKw =
        result.history().get(result.iterations() - 1).mismatchP() * limits.basePowerKw();
    return 2 * gridCase.lines().size() * mismatchKw * priceNorm;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-2, 300, 3000})
  void theUnitOfMoneyChangesNothing(double factor) {
    RunResult usual = run(SixBus.CASE, settings(Privacy.NONE));
    RunResult scaled = run(inOtherMoney(SixBus.CASE, factor), settings(Privacy.NONE));

    assertThat(scaled.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(scaled.iterations()).isEqualTo(usual.iterations());
    // rounding of the scaled prices apart, every number is the same
    assertThat(scaled.totalCost() / factor)
        .isBetween(usual.totalCost() * (1 - 1e-6), usual.totalCost() * (1 + 1e-6));
    assertThat(scaled.lowerBound() / factor)
        .isBetween(usual.lowerBound() * (1 - 1e-6), usual.lowerBound() * (1 + 1e-6));
  }

  private static GridCase inOtherMoney(GridCase gridCase, double factor) {
    List<GridCase.Node> nodes =
        gridCase.nodes().stream()
            .map(
                node ->
                    new GridCase.Node(
                        node.id(),
                        node.name(),
                        node.devices().stream().map(device -> paid(device, factor)).toList()))
            .toList();
    NetworkLimits limits = gridCase.limits();
    return new GridCase(
        gridCase.name(),
        gridCase.source(),
        new NetworkLimits(
            limits.horizonHours(),
            limits.profileRows(),
            limits.basePowerKw(),
            limits.baseImpedanceOhm(),
            limits.voltageMinPu(),
            limits.voltageMaxPu(),
            limits.rootVoltagePu(),
            limits.exchangeMaxKw(),
            limits.networkChargePerKwh() * factor),
        nodes,
        gridCase.lines(),
        gridCase.tree());
  }

  private static DeviceSpec paid(DeviceSpec device, double factor) {
    if (device instanceof GridInterface grid) {
      return new GridInterface(
          grid.buyMaxKw(),
          grid.sellMaxKw(),
          paid(grid.buyPricePerKwh(), factor),
          paid(grid.sellPricePerKwh(), factor),
          grid.powerFactorMin(),
          grid.reactiveMinKvar(),
          grid.reactiveMaxKvar());
    }
    if (device instanceof CombinedHeatPower plant) {
      return new CombinedHeatPower(
          plant.powerMaxKw(),
          plant.heatPerPower(),
          plant.gasPricePerKwh() * factor,
          plant.powerFactorMin());
    }
    return device;
  }

  private static Profile paid(Profile price, double factor) {
    return new Profile(price.file(), price.column(), price.factor() * factor, price.rawValues());
  }

  @ParameterizedTest
  @EnumSource(
      value = Privacy.class,
      names = {"RMME", "DUAL"})
  void hasNoPartForACloud(Privacy privacy) {
    assertThatThrownBy(() -> settings(privacy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no part for a cloud")
        .hasMessageContaining("--privacy ckks")
        .hasMessageContaining("--algorithm accelerated");
  }

  /** No gap is as small as rounding, so the limit of steps or of iterations ends it. */
  @Test
  void whatEndsAboveItsToleranceHasStalled() {
    RunSettings beyond = settings(Privacy.NONE).toBuilder().gapTolerance(1e-16).build();
    RunResult result = run(SixBus.CASE, beyond.toBuilder().maxIterations(200).build());

    assertThat(result.status()).isEqualTo(RunStatus.NOT_CONVERGED);
    assertThat(result.notices())
        .anySatisfy(
            notice ->
                assertThat(notice).matches("stalled at a certified gap of \\d\\.\\d\\de-.*: .*"));
    // the best point is kept, and is one
    assertThat(result.totalCost()).isBetween(result.lowerBound(), result.lowerBound() * (1 + GAP));
    assertThat(result.dispatch()).isNotEmpty();
  }

  /**
   * Points keep up to 5e-6 p.u. inside of voltage limits. Where a generator at many times the price
   * of the grid holds the limit, over a reactance of 0.05 p.u. and a resistance of 0.1, that would
   * be worth 5e-5 per unit at that price: of 0.7 per unit from the grid and 0.2 at ten times its
   * price, 1.7e-4.
   */
  @ParameterizedTest
  @ValueSource(doubles = {10, 100, 1000})
  void dearLimitsAreKeptLessCautiously(double times) {
    GridCase gridCase = TwoNodes.heldAtSevenHundredKw(TwoNodes.Limit.VOLTAGE, times);
    RunResult result = run(gridCase, settings(Privacy.NONE).toBuilder().steps(2).build());

    // 24 h of 700 kW at 1 and 200 kW at the price of the generator
    double optimum = 24 * (700 + 200 * times);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.lowerBound()).isBetween(optimum * (1 - GAP), optimum * (1 + 1e-7));
    // a point may be outside by 1e-6 p.u., of which the voltage falls 0.1 per unit of power
    assertThat(result.totalCost()).isBetween(optimum - 24 * 1e-2 * times, optimum * (1 + GAP));
  }

  @Test
  void hasNoCostBeforeItsFirstPoint() {
    RunResult result =
        run(SixBus.CASE, settings(Privacy.NONE).toBuilder().maxIterations(2).build());

    assertThat(result.status()).isEqualTo(RunStatus.NOT_CONVERGED);
    assertThat(result.totalCost()).isNaN();
    assertThat(result.voltageMinPu()).isNaN();
    assertThat(result.dispatch()).isEmpty();
  }

  @Test
  void learnsAllSensitivitiesWhereManyOwnStores() {
    RunSettings full =
        settings(Privacy.NONE).toBuilder()
            .gapTolerance(GAP)
            .sensitivities(Sensitivities.FULL)
            .build();
    assertThat(run(SixBus.CASE, full).status()).isEqualTo(RunStatus.CONVERGED);
  }
}
