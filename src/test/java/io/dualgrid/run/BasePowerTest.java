package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The base of power is a choice of units: with the ohm of its base, P·R/V² stays what it is. */
class BasePowerTest {
  private static final RunSettings SETTINGS =
      RunSettings.builder().privacy(Privacy.NONE).algorithm(Algorithm.NEWTON).threads(1).build();

  private static final RunResult USUAL =
      DispatchEngine.run(SixBus.CASE, SETTINGS, RunObserver.NONE);

  private static GridCase withBase(double factor) {
    GridCase of = SixBus.CASE;
    NetworkLimits limits = of.limits();
    NetworkLimits other =
        new NetworkLimits(
            limits.horizonHours(),
            limits.profileRows(),
            limits.basePowerKw() * factor,
            limits.baseImpedanceOhm() / factor,
            limits.voltageMinPu(),
            limits.voltageMaxPu(),
            limits.rootVoltagePu(),
            limits.exchangeMaxKw(),
            limits.networkChargePerKwh());
    return new GridCase(of.name(), of.source(), other, of.nodes(), of.lines(), of.tree());
  }

  /** Each is certified to lie within a gap of one optimum. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 10})
  void costsAndIterationsAreThoseOfAnyOtherBase(double factor) {
    RunResult result = DispatchEngine.run(withBase(factor), SETTINGS, RunObserver.NONE);
    assertThat(result.status()).isEqualTo(RunStatus.CONVERGED);
    double gap = USUAL.totalCost() - USUAL.lowerBound() + result.totalCost() - result.lowerBound();
    assertThat(result.totalCost()).isCloseTo(USUAL.totalCost(), within(gap));
    assertThat(gap).isLessThan(2.1e-4 * Math.abs(USUAL.totalCost()));
    assertThat(result.iterations()).isBetween(USUAL.iterations() / 2, 2 * USUAL.iterations());
  }
}
