package io.dualgrid.ckks.java;

/**
 * Arithmetic modulo one prime q < 2^60.
 *
 * <p>A product with a fixed factor w uses Shoup's trick: with w' = ⌊w·2^63/q⌋ the quotient of x·w/q
 * is ⌊x·w'/2^63⌋ or one more, so that x·w − ⌊x·w'/2^63⌋·q, computed modulo 2^64, lies in [0, 2q)
 * for every x < 2^62. (Harvey, "Faster arithmetic for number-theoretic transforms", 2014; 2^63
 * instead of 2^64 since Java's multiplyHigh is signed.)
 */
final class Modulus {
  final long q;
  private final double inverse;

  Modulus(long q) {
    if (q < 1L << 12 || q >= 1L << 60) {
      throw new IllegalArgumentException("modulus " + q + " is not within 2^12 to 2^60");
    }
    this.q = q;
    this.inverse = 1.0 / q;
  }

  /** w' of a factor w in [0, q), in two steps of 31 and 32 bits whose quotients a double holds. */
  long shoup(long w) {
    long high = (long) (w * inverse * 0x1p31);
    long rest = (w << 31) - high * q;
    while (rest < 0) {
      rest += q;
      high--;
    }
    while (rest >= q) {
      rest -= q;
      high++;
    }
    long low = (long) (rest * inverse * 0x1p32);
    rest = (rest << 32) - low * q;
    while (rest < 0) {
      rest += q;
      low--;
    }
    while (rest >= q) {
      rest -= q;
      low++;
    }
    return (high << 32) + low;
  }

  /** w' of every element. */
  long[] shoup(long[] factors) {
    long[] result = new long[factors.length];
    for (int i = 0; i < factors.length; i++) {
      result[i] = shoup(factors[i]);
    }
    return result;
  }

  /** x·w in [0, 2q) for x < 2^62. */
  static long multiplyLazy(long x, long w, long wShoup, long q) {
    return x * w - Math.multiplyHigh(x << 1, wShoup) * q;
  }

  /** x·w in [0, q) for x < 2^62. */
  long multiply(long x, long w, long wShoup) {
    return reduceOnce(multiplyLazy(x, w, wShoup, q), q);
  }

  /** a·b in [0, q) for factors in [0, q); slow, for tables. */
  long multiply(long a, long b) {
    return multiply(a, b, shoup(b));
  }

  /** x − bound when that is not negative, else x; no branch. */
  static long reduceOnce(long x, long bound) {
    long difference = x - bound;
    return difference + (bound & (difference >> 63));
  }

  /**
   * The residue of any signed number of magnitude below 2^62. The double quotient is off by less
   * than 2^62/q·2^-51 < 1, so the rest is within one q of [0, q).
   */
  long reduce(long x) {
    long rest = x - (long) Math.floor(x * inverse) * q;
    rest += q & (rest >> 63);
    return reduceOnce(rest, q);
  }

  long power(long base, long exponent) {
    long result = 1;
    long square = base;
    for (long e = exponent; e > 0; e >>= 1) {
      if ((e & 1) == 1) {
        result = multiply(result, square);
      }
      square = multiply(square, square);
    }
    return result;
  }

  /** 1/x, by Fermat. */
  long invert(long x) {
    return power(x, q - 2);
  }
}
