package io.dualgrid.feeder;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.Sampling;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyUnitTest {
  /** Penalties of the published study are in its currency. */
  @ParameterizedTest
  @ValueSource(strings = {"6-bus", "yingkou-60"})
  void isTheCurrencyOfThePublishedCases(String name) {
    assertThat(CaseLocator.read(name).horizon(24, Sampling.FIRST).moneyUnit()).isEqualTo(1.0);
  }

  /** By hand: a tariff of 1 and a charge of 0.244343 per kWh are worth one; the larger counts. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0, 1",
    "2, 0, 0, 1",
    "2, -2, 0, 2",
    "0, 0, 0.488686, 2",
    "1, 1, 0.488686, 2",
    "4, 4, 0.244343, 4",
    "0, 0, 0, 1"
  })
  void isTheLargerOfTariffAndCharge(double first, double second, double charge, double unit) {
    assertThat(MoneyUnit.of(new double[] {first, second}, charge)).isEqualTo(unit);
  }
}
