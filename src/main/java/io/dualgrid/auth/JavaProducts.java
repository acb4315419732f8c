package io.dualgrid.auth;

import io.dualgrid.ckks.Residues;
import io.dualgrid.keys.KeyAccelerator;
import io.dualgrid.keys.KeyStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Inner products in Java. With b bits of q, products are split at 2^b, so that 2^(63 − b) of them
 * (half as many low parts) are summed before any is reduced.
 */
final class JavaProducts implements KeyAccelerator.Products {
  private final long[] moduli;
  private final int[] wordsOf;
  private final int polynomials;
  private final int degree;
  private final int wordCount;
  private final long[][] doubled; // 2·r for each modulus; each word begins one on from the last

  /** As {@link KeyAccelerator#products}. */
  JavaProducts(byte[] key, long[] moduli, int[] words, int polynomials, int degree) {
    this.moduli = moduli;
    this.wordsOf = words;
    this.polynomials = polynomials;
    this.degree = degree;
    this.wordCount = Arrays.stream(words).sum();
    this.doubled = new long[moduli.length][];
    int numbers = Math.addExact(moduli.length * polynomials * degree, wordCount);
    KeyStream stream = new KeyStream(key, numbers, Optional.empty());
    for (int m = 0; m < moduli.length; m++) {
      long q = moduli[m];
      long mask = (Long.highestOneBit(q) << 1) - 1;
      doubled[m] = new long[polynomials * degree + words[m] - 1];
      for (int i = 0; i < doubled[m].length; ) {
        long candidate = stream.next() & mask;
        if (candidate < q) {
          doubled[m][i++] = 2 * candidate;
        }
      }
    }
    stream.close();
  }

  @Override
  public long[] of(byte[] residues, int from) {
    long[] polynomial = new long[degree];
    long[] high = new long[wordCount];
    long[] low = new long[wordCount];
    for (int p = 0; p < polynomials; p++) {
      int word = 0;
      for (int m = 0; m < moduli.length; m++) {
        int at = Long.BYTES * (p * moduli.length + m) * degree;
        Residues.words(residues, from + at, degree).get(polynomial);
        for (int k = 0; k < wordsOf[m]; k++, word++) {
          addProducts(polynomial, doubled[m], p * degree + k, word, moduli[m], high, low);
        }
      }
    }
    return words(high, low);
  }

  private long[] words(long[] high, long[] low) {
    long[] words = new long[wordCount];
    int word = 0;
    for (int m = 0; m < moduli.length; m++) {
      long q = moduli[m];
      for (int k = 0; k < wordsOf[m]; k++, word++) {
        words[word] = (shifted(high[word], bits(q), q) + low[word]) % q;
      }
    }
    return words;
  }

  private static int bits(long q) {
    return Long.SIZE - Long.numberOfLeadingZeros(q);
  }

  /** Adds the products of a polynomial with the part of a word's vector that is for it. */
  private static void addProducts(
      long[] polynomial, long[] doubledR, int at, int word, long q, long[] high, long[] low) {
    int bits = bits(q);
    int block = Math.min(polynomial.length, 1 << (Long.SIZE - 2 - bits));
    long[] sums = new long[2]; // high parts, low parts
    for (int i = 0; i < polynomial.length; i += block) {
      sumProducts(polynomial, i, doubledR, at + i, block, bits, sums);
      high[word] = (high[word] + sums[0] % q) % q;
      low[word] = (low[word] + sums[1] % q) % q;
    }
  }

  /** value · 2^bits mod q, for a value below q, which is below 2^60: three bits more fit. */
  private static long shifted(long value, int bits, long q) {
    long shifted = value;
    for (int left = bits; left > 0; left -= 3) {
      shifted = (shifted << Math.min(left, 3)) % q;
    }
    return shifted;
  }

  /** Σ ⌊c·r / 2^bits⌋ and Σ (c·r mod 2^bits) over a block. */
  private static void sumProducts(
      long[] c, int from, long[] doubledR, int at, int block, int bits, long[] sums) {
    int shift = Long.SIZE - 1 - bits;
    long mask = (1L << (bits + 1)) - 1;
    long high = 0;
    long low = 0; // doubled
    for (int i = 0; i < block; i++) {
      long residue = c[from + i];
      long factor = doubledR[at + i];
      high += Math.multiplyHigh(residue << shift, factor);
      low += residue * factor & mask;
    }
    sums[0] = high;
    sums[1] = low >>> 1;
  }

  /** Wipes the vectors. */
  @Override
  public void close() {
    for (long[] vector : doubled) {
      Arrays.fill(vector, 0);
    }
  }
}
