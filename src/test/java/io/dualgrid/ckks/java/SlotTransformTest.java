package io.dualgrid.ckks.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.Samples;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SlotTransformTest {
  private static final int DEGREE = 64;

  /** Slot j is the real part of the polynomial at exp(iπ·3^j/N): worked out term by term. */
  @Test
  void decodingEvaluatesThePolynomialAtTheRootsOfTheSlots() {
    double[] coefficients = new Random(1).doubles(DEGREE, -1, 1).toArray();
    double[] slots = new double[DEGREE / 2 + 3];
    new SlotTransform(DEGREE).decode(coefficients, 4, slots, 3, new SlotTransform.Scratch(DEGREE));
    long exponent = 1;
    for (int j = 0; j < DEGREE / 2; j++) {
      double value = 0;
      for (int k = 0; k < DEGREE; k++) {
        value += coefficients[k] * Math.cos(Math.PI * (exponent * k % (2 * DEGREE)) / DEGREE);
      }
      // a transform of 5 stages and a sum of 64 terms of magnitude 1: some 64 roundings of 1e-16
      assertThat(slots[3 + j]).isCloseTo(value / 4, within(64 * Math.ulp(1.0)));
      exponent = exponent * 3 % (2 * DEGREE);
    }
  }

  @Test
  void decodingUndoesEncodingToTheRoundingOfTheCoefficients() {
    double scale = 0x1p30;
    double[] values = new Random(2).doubles(DEGREE, -100, 100).toArray();
    long[] coefficients = new long[DEGREE];
    SlotTransform.Scratch scratch = new SlotTransform.Scratch(DEGREE);
    SlotTransform transform = new SlotTransform(DEGREE);
    transform.encode(values, 5, 20, scale, coefficients, scratch);
    double[] asDoubles = new double[DEGREE];
    for (int i = 0; i < DEGREE; i++) {
      asDoubles[i] = coefficients[i];
      // the mean of the slots times a root of unity
      assertThat(Math.abs(coefficients[i])).isLessThanOrEqualTo((long) (100 * scale));
    }
    double[] slots = new double[DEGREE / 2];
    transform.decode(asDoubles, scale, slots, 0, scratch);
    // every coefficient is off by 1/2 at most, and a slot sums N of them
    double tolerance = DEGREE * 0.5 / scale;
    for (int j = 0; j < DEGREE / 2; j++) {
      assertThat(slots[j]).isCloseTo(j < 20 ? values[5 + j] : 0, within(tolerance));
    }
  }

  /**
   * A coefficient is rounded by 1/2 at most, and a transform of log2(N) stages on values up to M
   * adds log2(N) + 3 roundings of M·scale on the way (twiddle factors and the sum of a stage, some
   * four each); a slot sums N of them, and rounds as much itself.
   */
  @Test
  void decodingUndoesEncodingAtEveryDegreeAndScale() {
    Samples.hold(
        100,
        random -> {
          int logDegree = 3 + random.nextInt(9);
          int degree = 1 << logDegree;
          double scale = Math.scalb(1.0, 20 + random.nextInt(22));
          double most = Math.pow(10, random.nextInt(4));
          double[] values = random.doubles(degree / 2, -most, most).toArray();
          int count = 1 + random.nextInt(degree / 2);
          SlotTransform transform = new SlotTransform(degree);
          SlotTransform.Scratch scratch = new SlotTransform.Scratch(degree);
          long[] coefficients = new long[degree];
          transform.encode(values, 0, count, scale, coefficients, scratch);
          double[] slots = new double[degree / 2];
          transform.decode(
              LongStream.of(coefficients).asDoubleStream().toArray(), scale, slots, 0, scratch);
          double rounding = 4 * (logDegree + 3) * Math.ulp(1.0) * most;
          double tolerance = degree * (0.5 / scale + 2 * rounding);
          for (int j = 0; j < slots.length; j++) {
            assertThat(slots[j]).isCloseTo(j < count ? values[j] : 0, within(tolerance));
          }
        });
  }
}
