package io.dualgrid.ckks.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.ckks.CkksParameters;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NttTest {
  /** 1 mod 2·2048, so that every smaller degree works too. */
  private static final long PRIME = CkksParameters.compact().modulus(0);

  private static long[] random(int degree, long q, long seed) {
    return new Random(seed).longs(degree, 0, q).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 16, 256, 2048})
  void thereAndBackIsNothing(int degree) {
    Ntt ntt = new Ntt(degree, PRIME);
    long[] polynomial = random(degree, PRIME, degree);
    polynomial[0] = PRIME - 1;
    long[] copy = polynomial.clone();
    ntt.forward(copy, 0);
    assertThat(copy).isNotEqualTo(polynomial);
    ntt.inverse(copy, 0);
    assertThat(copy).isEqualTo(polynomial);
  }

  @Test
  void theExtremesOfThePermittedRangesDoNotOverflow() {
    long q = CkksParameters.published().modulus(0);
    Ntt ntt = new Ntt(8192, q);
    long[] lazy = new long[8192];
    Arrays.fill(lazy, 4 * q - 1);
    ntt.forward(lazy, 0);
    long[] reduced = new long[8192];
    Arrays.fill(reduced, q - 1);
    ntt.forward(reduced, 0);
    assertThat(lazy).isEqualTo(reduced);
    Arrays.fill(lazy, 2 * q - 1);
    ntt.inverse(lazy, 0);
    Arrays.fill(reduced, q - 1);
    ntt.inverse(reduced, 0);
    assertThat(lazy).isEqualTo(reduced);
  }

  @Test
  void productsOfValuesAreNegacyclicProducts() {
    int degree = 64;
    Ntt ntt = new Ntt(degree, PRIME);
    long[] a = random(degree, PRIME, 1);
    long[] b = random(degree, PRIME, 2);
    BigInteger q = BigInteger.valueOf(PRIME);
    long[] expected = new long[degree];
    for (int k = 0; k < degree; k++) {
      BigInteger sum = BigInteger.ZERO;
      for (int i = 0; i < degree; i++) {
        BigInteger term =
            BigInteger.valueOf(a[i]).multiply(BigInteger.valueOf(b[Math.floorMod(k - i, degree)]));
        sum = i <= k ? sum.add(term) : sum.subtract(term);
      }
      expected[k] = sum.mod(q).longValueExact();
    }
    ntt.forward(a, 0);
    ntt.forward(b, 0);
    for (int i = 0; i < degree; i++) {
      a[i] = ntt.modulus().multiply(a[i], b[i]);
    }
    ntt.inverse(a, 0);
    assertThat(a).isEqualTo(expected);
  }

  /** The order that the wire format promises. */
  @Test
  void positionIHoldsTheValueAtTheBitReversedOddPowerOfTheSmallestRoot() {
    int degree = 16;
    long q = 12289; // 1 mod 32
    long psi = 2;
    while (!BigInteger.valueOf(psi)
        .modPow(BigInteger.valueOf(degree), BigInteger.valueOf(q))
        .equals(BigInteger.valueOf(q - 1))) {
      psi++;
    }
    long[] polynomial = random(degree, q, 3);
    long[] values = polynomial.clone();
    new Ntt(degree, q).forward(values, 0);
    for (int i = 0; i < degree; i++) {
      int exponent = 2 * (Integer.reverse(i) >>> 28) + 1;
      BigInteger x =
          BigInteger.valueOf(psi).modPow(BigInteger.valueOf(exponent), BigInteger.valueOf(q));
      BigInteger value = BigInteger.ZERO;
      for (int k = degree - 1; k >= 0; k--) {
        value = value.multiply(x).add(BigInteger.valueOf(polynomial[k]));
      }
      assertThat(values[i]).isEqualTo(value.mod(BigInteger.valueOf(q)).longValueExact());
    }
  }
}
