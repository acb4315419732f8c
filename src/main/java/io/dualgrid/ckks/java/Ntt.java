package io.dualgrid.ckks.java;

/**
 * Negacyclic number-theoretic transform of length N modulo one prime, in place: coefficients in
 * natural order to values in bit-reversed order, position i holding the value at ψ^(2·rev(i) + 1),
 * ψ the smallest primitive 2N-th root of unity. Cooley-Tukey forward, Gentleman-Sande back (Longa
 * and Naehrig, "Speeding up the number theoretic transform", 2016) with Harvey's lazy reduction.
 * Immutable, thread safe.
 */
final class Ntt {
  private final int degree;
  private final Modulus modulus;
  private final long[] roots;
  private final long[] rootsShoup;
  private final long[] inverseRoots;
  private final long[] inverseRootsShoup;
  private final long inverseDegree;
  private final long inverseDegreeShoup;

  Ntt(int degree, long q) {
    this.degree = degree;
    this.modulus = new Modulus(q);
    long psi = smallestPrimitiveRoot(degree, modulus);
    this.roots = powersBitReversed(degree, psi, modulus);
    this.rootsShoup = modulus.shoup(roots);
    this.inverseRoots = powersBitReversed(degree, modulus.invert(psi), modulus);
    this.inverseRootsShoup = modulus.shoup(inverseRoots);
    this.inverseDegree = modulus.invert(degree);
    this.inverseDegreeShoup = modulus.shoup(inverseDegree);
  }

  Modulus modulus() {
    return modulus;
  }

  private static long smallestPrimitiveRoot(int degree, Modulus modulus) {
    long q = modulus.q;
    long cofactor = (q - 1) / (2L * degree);
    long root = 0;
    for (long candidate = 2; root == 0; candidate++) {
      long power = modulus.power(candidate, cofactor);
      // order 2N exactly: its N-th power is -1
      if (modulus.power(power, degree) == q - 1) {
        root = power;
      }
    }
    long square = modulus.multiply(root, root);
    long squareShoup = modulus.shoup(square);
    long smallest = root;
    long current = root;
    for (int i = 1; i < degree; i++) {
      current = modulus.multiply(current, square, squareShoup);
      smallest = Math.min(smallest, current);
    }
    return smallest;
  }

  private static long[] powersBitReversed(int degree, long root, Modulus modulus) {
    int unusedBits = 32 - Integer.numberOfTrailingZeros(degree);
    long rootShoup = modulus.shoup(root);
    long[] powers = new long[degree];
    long power = 1;
    for (int i = 0; i < degree; i++) {
      powers[Integer.reverse(i) >>> unusedBits] = power;
      power = modulus.multiply(power, root, rootShoup);
    }
    return powers;
  }

  /**
   * Coefficients to values.
   *
   * @param a coefficients in [0, 4q) from offset on; values in [0, 4q) afterwards
   */
  void forwardLazy(long[] a, int offset) {
    long q = modulus.q;
    long twoQ = 2 * q;
    int gap = degree;
    for (int blocks = 1; blocks < degree; blocks <<= 1) {
      gap >>= 1;
      int start = offset;
      for (int block = 0; block < blocks; block++) {
        long w = roots[blocks + block];
        long wShoup = rootsShoup[blocks + block];
        for (int j = start; j < start + gap; j++) {
          long x = a[j + gap];
          long u = Modulus.reduceOnce(a[j], twoQ);
          long v = x * w - Math.multiplyHigh(x << 1, wShoup) * q;
          a[j] = u + v;
          a[j + gap] = u - v + twoQ;
        }
        start += 2 * gap;
      }
    }
  }

  /** As {@link #forwardLazy}, with values in [0, q). */
  void forward(long[] a, int offset) {
    forwardLazy(a, offset);
    long q = modulus.q;
    for (int i = offset; i < offset + degree; i++) {
      a[i] = Modulus.reduceOnce(Modulus.reduceOnce(a[i], 2 * q), q);
    }
  }

  /**
   * Values to coefficients.
   *
   * @param a values in [0, 2q) from offset on; coefficients in [0, q) afterwards
   */
  void inverse(long[] a, int offset) {
    long q = modulus.q;
    long twoQ = 2 * q;
    int gap = 1;
    for (int blocks = degree >> 1; blocks > 0; blocks >>= 1) {
      int start = offset;
      for (int block = 0; block < blocks; block++) {
        long w = inverseRoots[blocks + block];
        long wShoup = inverseRootsShoup[blocks + block];
        for (int j = start; j < start + gap; j++) {
          long u = a[j];
          long v = a[j + gap];
          long x = u - v + twoQ;
          a[j] = Modulus.reduceOnce(u + v, twoQ);
          a[j + gap] = x * w - Math.multiplyHigh(x << 1, wShoup) * q;
        }
        start += 2 * gap;
      }
      gap <<= 1;
    }
    for (int i = offset; i < offset + degree; i++) {
      a[i] = modulus.multiply(a[i], inverseDegree, inverseDegreeShoup);
    }
  }
}
