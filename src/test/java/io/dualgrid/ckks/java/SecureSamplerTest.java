package io.dualgrid.ckks.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Moments and ranges of what cannot be seeded. Tolerances are six deviations of the statistic,
 * which chance exceeds once in 5e8 runs.
 */
class SecureSamplerTest {
  private static final int COUNT = 1 << 18;
  private static final double DEVIATIONS = 6;

  @Test
  void ternaryDigitsComeEquallyOften() {
    long[] polynomial = new long[COUNT];
    new SecureSampler().ternary(polynomial);
    double tolerance = DEVIATIONS * Math.sqrt(COUNT * (1 / 3.0) * (2 / 3.0));
    for (long digit = -1; digit <= 1; digit++) {
      long wanted = digit;
      long found = Arrays.stream(polynomial).filter(x -> x == wanted).count();
      assertThat(Math.abs(found - COUNT / 3.0)).isLessThan(tolerance);
    }
    assertThat(Arrays.stream(polynomial).allMatch(x -> x >= -1 && x <= 1)).isTrue();
  }

  @Test
  void errorsAreCentredBinomialOfVarianceTenAndAHalf() {
    long[] polynomial = new long[COUNT];
    new SecureSampler().error(polynomial);
    double mean = Arrays.stream(polynomial).average().orElseThrow();
    double square =
        Arrays.stream(polynomial).mapToDouble(x -> (double) x * x).average().orElseThrow();
    assertThat(Math.abs(mean)).isLessThan(DEVIATIONS * Math.sqrt(10.5 / COUNT));
    // the square of a near-Gaussian number of variance v has variance 2v²
    assertThat(Math.abs(square - 10.5)).isLessThan(DEVIATIONS * Math.sqrt(2 * 10.5 * 10.5 / COUNT));
    assertThat(Arrays.stream(polynomial).allMatch(x -> Math.abs(x) <= 21)).isTrue();
  }

  @Test
  void uniformResiduesFillTheirRange() {
    long q = (3L << 50) + 1; // far from a power of two, so that a missing rejection shows
    long[] polynomial = new long[COUNT + 2];
    new SecureSampler().uniform(polynomial, 1, COUNT, q);
    assertThat(polynomial[0]).isZero();
    assertThat(polynomial[COUNT + 1]).isZero();
    double mean =
        Arrays.stream(polynomial).skip(1).limit(COUNT).asDoubleStream().average().orElseThrow();
    assertThat(Math.abs(mean / q - 0.5)).isLessThan(DEVIATIONS * Math.sqrt(1 / 12.0 / COUNT));
    assertThat(Arrays.stream(polynomial).allMatch(x -> x >= 0 && x < q)).isTrue();
  }

  @Test
  void noTwoSamplersAndNoTwoCallsAgree() {
    long[] first = new long[64];
    long[] second = new long[64];
    long[] other = new long[64];
    SecureSampler sampler = new SecureSampler();
    sampler.uniform(first, 0, 64, 1L << 59);
    sampler.wipe();
    sampler.uniform(second, 0, 64, 1L << 59);
    new SecureSampler().uniform(other, 0, 64, 1L << 59);
    assertThat(first).isNotEqualTo(second).isNotEqualTo(other);
    assertThat(second).isNotEqualTo(other);
  }
}
