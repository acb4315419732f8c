package io.dualgrid.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PenaltyAdaptationTest {
  /** The factor is the root of the ratio, held at 1 within a factor of three and at 10 beyond. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "8.9, 1, 1",
    "1, 8.9, 1",
    "16, 1, 4",
    "1, 16, 0.25",
    "1e6, 1, 10",
    "1, 1e6, 0.1",
    "0, 1, 0.1",
    "1, 0, 10"
  })
  void movesTowardsTheRatioOfMovements(double multipliers, double copies, double factor) {
    assertThat(PenaltyAdaptation.factor(multipliers, copies)).isCloseTo(factor, within(1e-12));
  }
}
