package io.dualgrid.parties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SummedMaximumTest {
  private static double read(SummedMaximum norm, ScalarSums sums, double... values) {
    List<double[]> shares = new ArrayList<>();
    for (double value : values) {
      shares.add(new double[] {norm.share(value)});
    }
    return norm.read(sums.sum(shares)[0]);
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
      double read = read(norm, ScalarSums.PLAIN, values);
      // the root of a power, each rounded
      assertThat(read).isBetween(largest * (1 - 1e-14), largest * Math.pow(60, 0.125));
      size *= Math.exp(random.nextGaussian() - 0.1);
    }
  }

  /** A share is off by 2^-77 in a secure sum, the sum is 2^-8 at least if values fall by half. */
  @Test
  void isTheSameFromSecureSums() {
    SummedMaximum plain = new SummedMaximum();
    SummedMaximum hidden = new SummedMaximum();
    try (WorkerPool pool = new WorkerPool(1);
        SecureScalarSums sums = new SecureScalarSums(List.of(0, 1, 2), pool, PartyHooks.NONE)) {
      for (double size = 8.0; size > 1e-6; size /= 2) {
        double[] values = {size, 0.3 * size, 0.0};
        double expected = read(plain, ScalarSums.PLAIN, values);
        assertThat(read(hidden, sums, values)).isCloseTo(expected, withinPercentage(1e-12));
      }
    }
  }

  @Test
  void recoversFromJumpsInEitherDirection() {
    SummedMaximum norm = new SummedMaximum();
    assertThat(read(norm, ScalarSums.PLAIN, 1.0)).isEqualTo(1.0);
    assertThat(read(norm, ScalarSums.PLAIN, 1e5)).isEqualTo(16.0);
    double last = 0.0;
    for (int round = 0; round < 4; round++) {
      last = read(norm, ScalarSums.PLAIN, 1e5);
    }
    assertThat(last).isCloseTo(1e5, withinPercentage(1e-12));
    assertThat(read(norm, ScalarSums.PLAIN, 0.0)).isZero();
    for (int round = 0; round < 4; round++) {
      last = read(norm, ScalarSums.PLAIN, 1e-3);
    }
    assertThat(last).isCloseTo(1e-3, withinPercentage(1e-12));
  }
}
