package io.dualgrid.caseio.matpower;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OneRound
class LineConverterTest {
  private static double byDecimals(double value) {
    return new BigDecimal(value).round(new MathContext(14)).doubleValue();
  }

  /** Digits of files, with what arithmetic leaves behind them, over all magnitudes. */
  @Test
  void numbersAreRoundedAsDecimalsAre() {
    Random random = new Random(14);
    for (int k = 0; k < 200_000; k++) {
      double decimal = random.nextInt(1_000_000) / Math.pow(10, random.nextInt(12));
      double value = decimal + random.nextInt(-40, 40) * Math.ulp(decimal);
      assertThat(LineConverter.rounded(value)).as("%s", value).isEqualTo(byDecimals(value));
      value = -Math.exp(random.nextDouble(-60, 60));
      assertThat(LineConverter.rounded(value)).as("%s", value).isEqualTo(byDecimals(value));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 1e4, 9999.9999999999, 1e-320, Double.MAX_VALUE, 4.9999999995e-10})
  void soAreTheEndsOfTheRange(double value) {
    assertThat(LineConverter.rounded(value)).isEqualTo(byDecimals(value));
  }
}
