package io.dualgrid.ckks.java;

import io.dualgrid.keys.SecureStream;
import java.security.SecureRandom;

/** The random polynomials of CKKS. One thread at a time. */
final class SecureSampler {
  private static final int COIN_FLIPS = 21;
  private static final long COIN_MASK = (1L << COIN_FLIPS) - 1;
  private static final int TRITS_PER_BYTE = 5;
  private static final int TRIT_LIMIT = 243; // 3^5

  private final SecureStream bits = new SecureStream(new SecureRandom());

  /**
   * Fills with −1, 0, 1, each with the same chance: of a byte below 3^5, its five base-3 digits.
   */
  void ternary(long[] polynomial) {
    int i = 0;
    while (i < polynomial.length) {
      int digits = bits.nextByte();
      if (digits < TRIT_LIMIT) {
        for (int d = 0; d < TRITS_PER_BYTE && i < polynomial.length; d++) {
          polynomial[i++] = digits % 3 - 1;
          digits /= 3;
        }
      }
    }
  }

  /** Fills with the centred binomial distribution: heads of 21 coins minus heads of 21 others. */
  void error(long[] polynomial) {
    for (int i = 0; i < polynomial.length; i++) {
      long coins = bits.nextLong();
      polynomial[i] =
          Long.bitCount(coins & COIN_MASK) - Long.bitCount(coins >>> COIN_FLIPS & COIN_MASK);
    }
  }

  /** Fills [offset, offset + count) with uniform residues, by rejection: no bias at all. */
  void uniform(long[] polynomial, int offset, int count, long q) {
    long mask = -1L >>> Long.numberOfLeadingZeros(q);
    for (int i = offset; i < offset + count; i++) {
      long candidate;
      do {
        candidate = bits.nextLong() & mask;
      } while (candidate >= q);
      polynomial[i] = candidate;
    }
  }

  /** Fills [from, from + count) with bits. */
  void bytes(byte[] out, int from, int count) {
    for (int i = from; i < from + count; i++) {
      out[i] = (byte) bits.nextByte();
    }
  }

  /** Forgets the bits that are left and those that were given out. */
  void wipe() {
    bits.discard();
  }
}
