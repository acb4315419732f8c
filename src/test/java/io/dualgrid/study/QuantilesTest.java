package io.dualgrid.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * Values that R 4 (quantile, type = 7) and NumPy (percentile, linear) give for the same samples.
 */
class QuantilesTest {
  /** A few operations on numbers below 100. */
  private static final double ROUNDING = 1e-13;

  @Test
  void areThoseOfTypeSeven() {
    Quantiles five = new Quantiles(new double[] {40, 15, 50, 20, 35});
    assertThat(five.at(0.05)).isCloseTo(16, within(ROUNDING));
    assertThat(five.at(0.25)).isCloseTo(20, within(ROUNDING));
    assertThat(five.at(0.40)).isCloseTo(29, within(ROUNDING));
    assertThat(five.at(0.50)).isCloseTo(35, within(ROUNDING));
    assertThat(five.at(0.95)).isCloseTo(48, within(ROUNDING));
    Quantiles four = new Quantiles(new double[] {1, 2, 3, 4});
    assertThat(four.at(0.25)).isCloseTo(1.75, within(ROUNDING));
    assertThat(four.at(0.5)).isCloseTo(2.5, within(ROUNDING));
    assertThat(four.at(0.95)).isCloseTo(3.85, within(ROUNDING));
  }

  @Test
  void endsAreTheExtremesAndOneValueIsAllOfThem() {
    Quantiles sample = new Quantiles(new double[] {3, -7, 5});
    assertThat(sample.at(0)).isEqualTo(-7);
    assertThat(sample.at(1)).isEqualTo(5);
    assertThat(new Quantiles(new double[] {2}).at(0.95)).isEqualTo(2);
  }

  @Test
  void ofNothingThereAreNone() {
    assertThatThrownBy(() -> new Quantiles(new double[0])).hasMessage("no value");
  }
}
