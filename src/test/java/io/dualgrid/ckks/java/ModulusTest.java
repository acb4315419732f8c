package io.dualgrid.ckks.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dualgrid.ckks.CkksParameters;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against BigInteger, at random numbers and at the ends of the ranges. */
class ModulusTest {
  static Stream<Modulus> moduli() {
    return LongStream.concat(
            LongStream.of(12289, (1L << 60) - 1),
            LongStream.concat(
                LongStream.of(CkksParameters.compact().moduli()),
                LongStream.of(CkksParameters.published().moduli())))
        .mapToObj(Modulus::new);
  }

  private static long[] factors(long q) {
    Random random = new Random(q);
    return LongStream.concat(LongStream.of(0, 1, 2, q / 2, q - 2, q - 1), random.longs(500, 0, q))
        .toArray();
  }

  private static long product(long a, long b, long q) {
    return BigInteger.valueOf(a)
        .multiply(BigInteger.valueOf(b))
        .mod(BigInteger.valueOf(q))
        .longValueExact();
  }

  @ParameterizedTest
  @MethodSource("moduli")
  void shoupFactorsAreTheQuotientRoundedDown(Modulus modulus) {
    for (long w : factors(modulus.q)) {
      BigInteger expected =
          BigInteger.valueOf(w).shiftLeft(63).divide(BigInteger.valueOf(modulus.q));
      assertThat(modulus.shoup(w)).isEqualTo(expected.longValueExact());
    }
  }

  @ParameterizedTest
  @MethodSource("moduli")
  void productsAreRightForEveryFactorBelowTwoToThe62(Modulus modulus) {
    long[] large =
        LongStream.concat(
                LongStream.of((1L << 62) - 1, modulus.q, 0), new Random(1).longs(20, 0, 1L << 62))
            .toArray();
    for (long w : factors(modulus.q)) {
      long shoup = modulus.shoup(w);
      for (long x : large) {
        long lazy = Modulus.multiplyLazy(x, w, shoup, modulus.q);
        assertThat(lazy).isBetween(0L, 2 * modulus.q - 1);
        assertThat(modulus.multiply(x, w, shoup)).isEqualTo(product(x, w, modulus.q));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("moduli")
  void everySignedNumberBelowTwoToThe62HasItsResidue(Modulus modulus) {
    long q = modulus.q;
    long top = (1L << 62) - 1;
    LongStream numbers =
        LongStream.concat(
            LongStream.of(0, 1, q - 1, q, q + 1, 2 * q, top, top / q * q, top / q * q - 1),
            new Random(2).longs(1000, 0, 1L << 62));
    numbers.forEach(
        x -> {
          assertThat(modulus.reduce(x)).isEqualTo(Math.floorMod(x, q));
          assertThat(modulus.reduce(-x)).isEqualTo(Math.floorMod(-x, q));
        });
  }

  @Test
  void inversesInvert() {
    Modulus modulus = new Modulus(CkksParameters.published().modulus(0));
    for (long x : new long[] {1, 2, 3, modulus.q - 1, 123456789}) {
      assertThat(modulus.multiply(x, modulus.invert(x))).isEqualTo(1);
    }
  }

  @Test
  void moduliThatTheTrickDoesNotHoldForAreRefused() {
    for (long q : new long[] {0, 1, 1L << 60, -5}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Modulus(q));
    }
  }
}
