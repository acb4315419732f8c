package io.dualgrid.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PublishedPenaltyTest {
  private final PublishedPenalty penalty = new PublishedPenalty();

  /** An objective that never stands still. */
  private void observe(int times, double primal, double dual) {
    for (int i = 0; i < times; i++) {
      penalty.observe(primal, dual, 1000.0 * ++count);
    }
  }

  private int count;

  @Test
  void startsAtThePublishedValues() {
    assertThat(penalty.rho()).isEqualTo(0.02);
    assertThat(penalty.rhoVoltage()).isEqualTo(0.1);
  }

  @Test
  void doublesWhenTheMismatchDominatesThreeTimesInARow() {
    observe(2, 4.1, 1);
    assertThat(penalty.rho()).isEqualTo(0.02);
    observe(1, 4.1, 1);
    assertThat(penalty.rho()).isEqualTo(0.04);
    observe(3, 4.1, 1);
    assertThat(penalty.rho()).isEqualTo(0.08);
  }

  @Test
  void oneBalancedIterationStartsTheCountAgain() {
    observe(2, 4.1, 1);
    observe(1, 3.9, 1);
    observe(2, 4.1, 1);
    assertThat(penalty.rho()).isEqualTo(0.02);
  }

  @Test
  void halvesOnlyAfterIterationThreeHundred() {
    observe(301, 0.1, 1);
    assertThat(penalty.rho()).isEqualTo(0.02);
    observe(3, 0.1, 1);
    assertThat(penalty.rho()).isEqualTo(0.01);
  }

  /** It moves by less than 5 in 15 iterations and lies strictly between their extremes. */
  @Test
  void doublesWhenTheObjectiveStandsStill() {
    for (int i = 0; i < 21; i++) {
      penalty.observe(1, 1, i % 2);
    }
    assertThat(penalty.rho()).isEqualTo(0.02);
    penalty.observe(1, 1, 0.5);
    assertThat(penalty.rho()).isEqualTo(0.04);
  }

  @Test
  void doesNotGrowBeyondAHundred() {
    observe(300, 1e3, 1);
    assertThat(penalty.rho()).isBetween(100.0, 200.0);
  }

  @Test
  void whatIsJustAtAThresholdChangesNothing() {
    observe(3, 4, 1);
    assertThat(penalty.rho()).isEqualTo(0.02);
    observe(298, 1, 1);
    observe(3, 0.125, 1);
    assertThat(penalty.rho()).isEqualTo(0.02);
  }

  /** 3.8 times the mismatch against 8 times the change from then on. */
  @Test
  void aSmallerMismatchCountsAfterIterationThreeHundred() {
    observe(301, 2.2, 1);
    assertThat(penalty.rho()).isEqualTo(0.02);
    observe(3, 2.2, 1);
    assertThat(penalty.rho()).isEqualTo(0.04);
  }

  @Test
  void doesNotFallFarBelowAThousandth() {
    observe(301, 1, 1);
    observe(100, 0.1, 1);
    assertThat(penalty.rho()).isEqualTo(0.02 / 32);
  }

  /** After iteration 2500 residuals count no more but for that, until the penalty is 2. */
  @Test
  void doublesEveryHundredIterationsLateWhereBothResidualsAreSmall() {
    observe(2501, 1, 1);
    observe(99, 4.1, 1);
    assertThat(penalty.rho()).isEqualTo(0.02);
    observe(1, 0.14, 0.14);
    assertThat(penalty.rho()).isEqualTo(0.04);
    observe(99, 0.14, 0.14);
    observe(1, 0.15, 0.14);
    assertThat(penalty.rho()).isEqualTo(0.04);
    observe(99, 0.14, 0.14);
    observe(1, 0.14, 0.15);
    assertThat(penalty.rho()).isEqualTo(0.04);
    observe(1000, 0.14, 0.14);
    // 0.04 doubled six times is above 2, and no more after that
    assertThat(penalty.rho()).isEqualTo(2.56);
  }
}
