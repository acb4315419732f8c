package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.generate.FeederGenerator;
import io.dualgrid.caseio.generate.FeederShape;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.device.Sampling;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases in other currencies: the same runs, at costs that are as many times as much. */
class CurrencyTest {
  /** Optima of the bundled cases by HiGHS, see {@link CentralSolverTest}. */
  private static final double SIX_BUS = 477.0;

  private static final double YINGKOU = 28300.648617;

  private static final double LOW_CHARGE = 0.1;

  private static RunSettings settings(Privacy privacy, Algorithm algorithm) {
    return SixBus.settings(privacy).toBuilder().algorithm(algorithm).build();
  }

  private static RunResult run(GridCase gridCase, RunSettings settings) {
    return DispatchEngine.run(gridCase, settings, RunObserver.NONE);
  }

  /** Runs at the costs that cases have, by algorithm and case: one for all factors. */
  private static final Map<List<Object>, RunResult> UNSCALED = new HashMap<>();

  private static RunResult unscaled(GridCase gridCase, Algorithm algorithm) {
    List<Object> key = List.of(gridCase.name(), gridCase.limits().networkChargePerKwh(), algorithm);
    return UNSCALED.computeIfAbsent(key, any -> run(gridCase, settings(Privacy.NONE, algorithm)));
  }

  private static GridCase feeder() {
    return FeederGenerator.generate(new FeederGenerator.Options(12, FeederShape.CHAIN, 5));
  }

  /** With a network charge so low that the tariff sets the unit of money. */
  private static GridCase lowCharge(GridCase gridCase, double factor) {
    NetworkLimits all = gridCase.limits();
    return gridCase.withLimits(
        new NetworkLimits(
            all.horizonHours(),
            all.profileRows(),
            all.basePowerKw(),
            all.baseImpedanceOhm(),
            all.voltageMinPu(),
            all.voltageMaxPu(),
            all.rootVoltagePu(),
            all.exchangeMaxKw(),
            LOW_CHARGE * factor));
  }

  /**
   * Powers of two change no digit of any number, so nothing at all may differ; boxed, for what is
   * not a number equals itself then.
   */
  @ParameterizedTest
  @EnumSource
  void powersOfTwoChangeNoDigit(Algorithm algorithm) {
    RunSettings settings =
        settings(Privacy.NONE, algorithm).toBuilder()
            .stopping(algorithm == Algorithm.PUBLISHED ? Stopping.PUBLISHED : Stopping.STRICT)
            .maxIterations(60)
            .build();
    for (GridCase gridCase : List.of(SixBus.CASE, lowCharge(SixBus.CASE, 1))) {
      RunResult expected = run(gridCase, settings);
      for (double factor : new double[] {0x1p-10, 0x1p12}) {
        RunResult scaled = run(Money.times(gridCase, factor), settings);
        assertThat(scaled.status()).isEqualTo(expected.status());
        assertThat(scaled.totalCost()).isEqualTo((Double) (factor * expected.totalCost()));
        assertThat(scaled.lowerBound()).isEqualTo((Double) (factor * expected.lowerBound()));
        assertThat(scaled.history()).hasSameSizeAs(expected.history());
        for (int k = 0; k < expected.iterations(); k++) {
          IterationRecord one = expected.history().get(k);
          IterationRecord other = scaled.history().get(k);
          assertThat(other.primalResidual()).isEqualTo((Double) one.primalResidual());
          assertThat(other.dualResidual()).isEqualTo((Double) one.dualResidual());
          assertThat(other.penalty()).isEqualTo((Double) (factor * one.penalty()));
          assertThat(other.cost()).isEqualTo((Double) (factor * one.cost()));
        }
        for (int k = 0; k < expected.prices().size(); k++) {
          assertThat(scaled.prices().get(k).values())
              .isEqualTo(
                  DoubleStream.of(expected.prices().get(k).values())
                      .map(price -> factor * price)
                      .toArray());
        }
      }
    }
  }

  /**
   * Other factors round prices in their last digits, some 1e-16, which the accelerated algorithm,
   * whose own solves end at 1e-8, carries on: certificates come every tenth iteration, between
   * which a gap moves far more than that.
   */
  @ParameterizedTest
  @CsvSource({
    "0.001, NEWTON", "0.01, NEWTON", "300, NEWTON", "3000, NEWTON",
    "0.001, ACCELERATED", "0.01, ACCELERATED", "300, ACCELERATED", "3000, ACCELERATED"
  })
  void anyFactorTakesTheSameIterations(double factor, Algorithm algorithm) {
    RunSettings settings = settings(Privacy.NONE, algorithm);
    for (GridCase gridCase : List.of(SixBus.CASE, lowCharge(SixBus.CASE, 1))) {
      RunResult expected = unscaled(gridCase, algorithm);
      RunResult scaled = run(Money.times(gridCase, factor), settings);
      assertThat(expected.status()).as("%s", expected.notices()).isEqualTo(RunStatus.CONVERGED);
      assertThat(scaled.status()).isEqualTo(RunStatus.CONVERGED);
      assertThat(scaled.iterations()).isEqualTo(expected.iterations());
      // a tenth of newton's tolerance of the gap
      assertThat(gap(scaled)).isCloseTo(gap(expected), within(1e-5));
    }
  }

  private static double gap(RunResult result) {
    return (result.totalCost() - result.lowerBound()) / Math.abs(result.totalCost());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 300, 3000})
  void theCentralOptimumIsAsManyTimesAsMuch(double factor) {
    RunSettings settings = RunSettings.defaults();
    CentralResult six = DispatchEngine.central(Money.times(SixBus.CASE, factor), settings);
    CentralResult yingkou =
        DispatchEngine.central(Money.times(CaseLocator.read("yingkou-60"), factor), settings);
    // the tolerances of CentralSolverTest
    assertThat(six.totalCost()).isCloseTo(factor * SIX_BUS, withinPercentage(1e-4));
    assertThat(yingkou.totalCost()).isCloseTo(factor * YINGKOU, withinPercentage(1e-4));
  }

  /** No digit changes by a power of two, so the search for states takes the same course. */
  @OneRound
  @Test
  void statesOfOnAndOffAreTheSame() {
    GridCase switched = SwitchedCase.of(SwitchedCase.UNIT, SwitchedCase.PUMP);
    RunSettings settings = RunSettings.builder().steps(SwitchedCase.STEPS).build();
    CentralResult one = DispatchEngine.centralStates(switched, settings, Duration.ofMinutes(5));
    CentralResult other =
        DispatchEngine.centralStates(
            Money.times(switched, 0x1p-10), settings, Duration.ofMinutes(5));
    assertThat(one.solved()).as(one.status()).isTrue();
    assertThat(other.totalCost()).isEqualTo(0x1p-10 * one.totalCost());
  }

  @OneRound
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 3000})
  void newtonCertifiesTheLargeCaseInAnyCurrency(double factor) {
    GridCase yingkou = CaseLocator.read("yingkou-60");
    RunResult expected = unscaled(yingkou, Algorithm.NEWTON);
    RunResult scaled = run(Money.times(yingkou, factor), settings(Privacy.NONE, Algorithm.NEWTON));
    assertThat(scaled.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(scaled.iterations()).isEqualTo(expected.iterations());
    // certified to 1e-4 of its cost, and HiGHS to 1e-9
    assertThat(scaled.totalCost()).isCloseTo(factor * YINGKOU, withinPercentage(0.0101));
  }

  @OneRound
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 300})
  void newtonIsTheSameWithEncryptedMessages(double factor) {
    RunSettings settings = settings(Privacy.CKKS, Algorithm.NEWTON);
    RunResult scaled = run(Money.times(SixBus.CASE, factor), settings);
    assertThat(scaled.status()).as("%s", scaled.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(scaled.totalCost()).isCloseTo(factor * SIX_BUS, withinPercentage(0.0101));
  }

  /** Masks are drawn anew in each run. The least factor and the largest, in both rounds. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 3000})
  void noMaskedRunFails(double factor) {
    assertMaskedRunConverges(factor);
  }

  /**
   * None of ten may fail, these and the two of above. Which masks are drawn does not depend on who
   * computes with them, so one round suffices for what only some masks bring about.
   */
  @OneRound
  @RepeatedTest(8)
  void noneOfMoreMaskedRunsFails(RepetitionInfo repetition) {
    assertMaskedRunConverges(
        new double[] {0.001, 0.01, 300, 3000}[repetition.getCurrentRepetition() % 4]);
  }

  private static void assertMaskedRunConverges(double factor) {
    RunResult scaled = run(Money.times(SixBus.CASE, factor), SixBus.settings(Privacy.DUAL));
    assertThat(scaled.status()).as("%s", scaled.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(scaled.totalCost())
        .isCloseTo(factor * SIX_BUS, withinPercentage(SixBus.GAP_PERCENT));
  }

  /** Where nothing costs anything there is no unit of money in the prices, and one is taken. */
  @ParameterizedTest
  @EnumSource(names = {"NEWTON", "ACCELERATED"})
  void whereNothingCostsAnythingEveryDispatchIsOptimal(Algorithm algorithm) {
    GridCase free = Money.times(SixBus.CASE, 0.0);
    assertThat(free.horizon(24, Sampling.FIRST).moneyUnit()).isEqualTo(1.0);
    RunResult result = run(free, settings(Privacy.NONE, algorithm));
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.totalCost()).isZero();
    // held against the unit of money, as there is no cost
    assertThat(result.lowerBound()).isBetween(-result.settings().gapTolerance(), 0.0);
  }

  @Test
  void theUnitOfMoneyScalesWithEveryPublicPrice() {
    GridCase district = feeder();
    double unit = district.horizon(24, Sampling.FIRST).moneyUnit();
    double tariff = lowCharge(district, 1).horizon(24, Sampling.FIRST).moneyUnit();
    for (double factor : new double[] {0.001, 0.01, 300, 3000}) {
      assertThat(Money.times(district, factor).horizon(24, Sampling.FIRST).moneyUnit())
          .isCloseTo(factor * unit, withinPercentage(1e-12));
      assertThat(
              lowCharge(Money.times(district, factor), factor)
                  .horizon(24, Sampling.FIRST)
                  .moneyUnit())
          .isCloseTo(factor * tariff, withinPercentage(1e-12));
    }
  }
}
