package io.dualgrid.parties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.consensus.FixedPoint;
import io.dualgrid.consensus.SecureSumException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecureScalarSumsTest {
  private static final int PARTIES = 9;
  private static final int VALUES = 40;

  /** A part without a bound once ended a third of the encrypted runs of 6-bus. */
  @Test
  void anEnergySystemWithoutABoundEndsNoSum() {
    try (WorkerPool pool = new WorkerPool(1);
        SecureScalarSums sums = new SecureScalarSums(3, pool)) {
      double[] bounded = PriceBound.report(1.5, new double[] {2.0, -1.0});
      double[] unbounded = PriceBound.report(Double.NEGATIVE_INFINITY, new double[] {2.0, -1.0});
      assertThat(PriceBound.of(sums.sum(List.of(bounded, unbounded, bounded))).value())
          .isEqualTo(Double.NEGATIVE_INFINITY);
      // three numbers that are multiples of the resolution, a power of two
      assertThat(PriceBound.of(sums.sum(List.of(bounded, bounded, bounded))).value())
          .isEqualTo(4.5);
    }
  }

  /** Each summand is off by half a resolution; adding doubles loses a last bit each time. */
  @Test
  void equalsThePlainSumWithinItsResolution() {
    Random random = new Random(3);
    double resolution = FixedPoint.forSum(0x1p36, PARTIES).resolution();
    try (WorkerPool pool = new WorkerPool(2);
        SecureScalarSums sums = new SecureScalarSums(PARTIES, pool)) {
      for (int round = 0; round < 5; round++) {
        List<double[]> reports = new ArrayList<>();
        double[] magnitude = new double[VALUES];
        for (int p = 0; p < PARTIES; p++) {
          double[] report = new double[VALUES];
          for (int i = 0; i < VALUES; i++) {
            report[i] = random.nextGaussian() * Math.scalb(1.0, random.nextInt(90) - 60);
            magnitude[i] += Math.abs(report[i]);
          }
          reports.add(report);
        }
        double[] plain = ScalarSums.PLAIN.sum(reports);
        double[] secure = sums.sum(reports);
        for (int i = 0; i < VALUES; i++) {
          double error = PARTIES * (resolution / 2 + Math.ulp(magnitude[i]));
          assertThat(secure[i]).isCloseTo(plain[i], within(error));
        }
      }
    }
  }

  @Test
  void refusesWhatIsNotFiniteWithoutSayingIt() {
    try (WorkerPool pool = new WorkerPool(1);
        SecureScalarSums sums = new SecureScalarSums(2, pool)) {
      assertThatThrownBy(() -> sums.sum(List.of(new double[] {1}, new double[] {Double.NaN})))
          .isInstanceOf(SecureSumException.class)
          .hasMessageContaining("entry 0");
    }
  }
}
