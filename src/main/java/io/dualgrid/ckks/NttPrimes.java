package io.dualgrid.ckks;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Primes q = 1 mod 2N, for which a negacyclic number-theoretic transform of length N exists. */
final class NttPrimes {
  /** Chance of a composite passing: 2^-64, on numbers that nobody chooses against us. */
  private static final int CERTAINTY = 64;

  private NttPrimes() {}

  /**
   * A modulus chain of the given sizes: for each size the largest such primes, handed out from the
   * smallest of them up, which is how SEAL's CoeffModulus::Create orders a chain.
   *
   * @param ringDegree N
   * @param bits size of each modulus
   */
  static long[] chain(int ringDegree, List<Integer> bits) {
    Map<Integer, Integer> left = new HashMap<>();
    bits.forEach(size -> left.merge(size, 1, Integer::sum));
    long[] chain = new long[bits.size()];
    for (int i = 0; i < chain.length; i++) {
      int size = bits.get(i);
      chain[i] = largest(ringDegree, size, left.get(size));
      left.merge(size, -1, Integer::sum);
    }
    return chain;
  }

  /** The count-th largest prime of that size, counted from 1. */
  private static long largest(int ringDegree, int bits, int count) {
    long step = 2L * ringDegree;
    long candidate = ((1L << bits) - 1) / step * step + 1;
    int found = 0;
    while (candidate > 1L << (bits - 1)) {
      if (BigInteger.valueOf(candidate).isProbablePrime(CERTAINTY) && ++found == count) {
        return candidate;
      }
      candidate -= step;
    }
    throw new IllegalArgumentException(
        "no " + count + " primes of " + bits + " bits for ring degree " + ringDegree);
  }
}
