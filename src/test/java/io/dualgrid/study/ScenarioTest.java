package io.dualgrid.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.device.ProfileDriver;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  private static final int DAYS = 10_000;

  private static Scenario with(String name, Factor... factors) {
    return new Scenario(name, 2, List.of(factors), DayProfiles.OF_THE_CASE, List.of());
  }

  private static Factor load(Distribution distribution) {
    return new Factor(ProfileDriver.LOAD, distribution, true);
  }

  private static double[] drawn(Scenario scenario, long seed, int repetition) {
    return scenario.draw(seed, repetition, DAYS).get(ProfileDriver.LOAD);
  }

  @Test
  void drawsDependOnSeedScenarioAndRepetitionAlone() {
    Factor factor = load(new Distribution.Uniform(0, 1));
    double[] first = drawn(with("a", factor), 1, 1);
    assertThat(drawn(with("a", factor), 1, 1)).isEqualTo(first);
    assertThat(drawn(with("a", factor), 2, 1)).isNotEqualTo(first);
    assertThat(drawn(with("a", factor), 1, 2)).isNotEqualTo(first);
    assertThat(drawn(with("b", factor), 1, 1)).isNotEqualTo(first);
  }

  @Test
  void aUniformFactorHasItsMeanAndEnds() {
    double[] factors = drawn(with("a", load(new Distribution.Uniform(0.5, 1.5))), 3, 1);
    assertThat(Arrays.stream(factors).min().orElseThrow()).isBetween(0.5, 0.51);
    assertThat(Arrays.stream(factors).max().orElseThrow()).isBetween(1.49, 1.5);
    // six standard errors of 10,000 draws with deviation 1/√12
    assertThat(Arrays.stream(factors).average().orElseThrow())
        .isCloseTo(1, within(6 / Math.sqrt(12 * DAYS)));
  }

  @Test
  void aNormalFactorIsCutOffBelowZero() {
    // half of the draws fall below zero; the rest is half-normal, with mean σ·√(2/π)
    double[] factors = drawn(with("a", load(new Distribution.Normal(0, 2))), 4, 1);
    assertThat(Arrays.stream(factors).min().orElseThrow()).isNotNegative();
    double deviation = 2 * Math.sqrt(1 - 2 / Math.PI);
    assertThat(Arrays.stream(factors).average().orElseThrow())
        .isCloseTo(2 * Math.sqrt(2 / Math.PI), within(6 * deviation / Math.sqrt(DAYS)));
  }

  @Test
  void factorsOfOneKindAreMultiplied() {
    Scenario scenario =
        with(
            "a",
            load(new Distribution.Given(new double[] {1, 2, 3})),
            load(new Distribution.Given(new double[] {5, 5, 0})));
    assertThat(scenario.draw(0, 1, 3).get(ProfileDriver.LOAD)).containsExactly(5, 10, 0);
  }
}
