package io.dualgrid.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SummedMaximumTest {
  private static double read(SummedMaximum norm, double... values) {
    double scale = norm.scale();
    return norm.read(Arrays.stream(values).map(value -> SummedMaximum.share(value, scale)).sum());
  }

  @Test
  void isTheLargestUpToTheEighthRootOfTheirNumber() {
    Random random = new Random(8);
    SummedMaximum norm = new SummedMaximum();
    double size = 1.0;
    for (int round = 0; round < 200; round++) {
      double[] values = new double[60];
      double largest = 0.0;
      for (int i = 0; i < values.length; i++) {
        values[i] = size * random.nextDouble();
        largest = Math.max(largest, values[i]);
      }
      double read = read(norm, values);
      // the root of a power, each rounded
      assertThat(read).isBetween(largest * (1 - 1e-14), largest * Math.pow(60, 0.125));
      size *= Math.exp(random.nextGaussian() - 0.1);
    }
  }

  @Test
  void recoversFromJumpsInEitherDirection() {
    SummedMaximum norm = new SummedMaximum();
    assertThat(read(norm, 1.0)).isEqualTo(1.0);
    assertThat(read(norm, 1e5)).isEqualTo(16.0);
    double last = 0.0;
    for (int round = 0; round < 4; round++) {
      last = read(norm, 1e5);
    }
    assertThat(last).isCloseTo(1e5, withinPercentage(1e-12));
    assertThat(read(norm, 0.0)).isZero();
    for (int round = 0; round < 4; round++) {
      last = read(norm, 1e-3);
    }
    assertThat(last).isCloseTo(1e-3, withinPercentage(1e-12));
  }
}
