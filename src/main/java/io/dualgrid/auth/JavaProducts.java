package io.dualgrid.auth;

import io.dualgrid.ckks.Residues;
import io.dualgrid.keys.KeyAccelerator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Inner products in Java. With b bits of q, products are split at 2^b, so that 2^(63 − b) of them
 * (half as many low parts) are summed before any is reduced.
 */
final class JavaProducts implements KeyAccelerator.Products {
  /** Numbers of the key stream that are made at a time. */
  private static final int STREAM_LONGS = 1024;

  private final long[] moduli;
  private final int[] wordsOf;
  private final int polynomials;
  private final int degree;
  private final long[][] doubled; // 2·r for each word of a hash, over polynomials and positions

  /** As {@link KeyAccelerator#products}. */
  JavaProducts(byte[] key, long[] moduli, int[] words, int polynomials, int degree) {
    this.moduli = moduli;
    this.wordsOf = words;
    this.polynomials = polynomials;
    this.degree = degree;
    this.doubled = new long[Arrays.stream(words).sum()][polynomials * degree];
    Stream stream = new Stream(key);
    int word = 0;
    for (int m = 0; m < moduli.length; m++) {
      long q = moduli[m];
      long mask = (Long.highestOneBit(q) << 1) - 1;
      for (int k = 0; k < words[m]; k++, word++) {
        for (int i = 0; i < doubled[word].length; ) {
          long candidate = stream.next() & mask;
          if (candidate < q) {
            doubled[word][i++] = 2 * candidate;
          }
        }
      }
    }
    stream.close();
  }

  @Override
  public long[] of(byte[] residues, int from, byte[] less, int lessFrom) {
    long[] polynomial = new long[degree];
    long[] subtracted = less == null ? null : new long[degree];
    long[] high = new long[doubled.length];
    long[] low = new long[doubled.length];
    for (int p = 0; p < polynomials; p++) {
      int word = 0;
      for (int m = 0; m < moduli.length; m++) {
        int at = Long.BYTES * (p * moduli.length + m) * degree;
        Residues.words(residues, from + at, degree).get(polynomial);
        if (less != null) {
          Residues.words(less, lessFrom + at, degree).get(subtracted);
          subtract(polynomial, subtracted, moduli[m]);
        }
        for (int k = 0; k < wordsOf[m]; k++, word++) {
          addProducts(polynomial, word, p * degree, moduli[m], high, low);
        }
      }
    }
    return words(high, low);
  }

  private long[] words(long[] high, long[] low) {
    long[] words = new long[doubled.length];
    int word = 0;
    for (int m = 0; m < moduli.length; m++) {
      long q = moduli[m];
      for (int k = 0; k < wordsOf[m]; k++, word++) {
        words[word] = (shifted(high[word], bits(q), q) + low[word]) % q;
      }
    }
    return words;
  }

  private static void subtract(long[] polynomial, long[] less, long q) {
    for (int i = 0; i < polynomial.length; i++) {
      long rest = polynomial[i] - less[i];
      polynomial[i] = rest + (q & rest >> 63);
    }
  }

  private static int bits(long q) {
    return Long.SIZE - Long.numberOfLeadingZeros(q);
  }

  /** Adds the products of a polynomial with the part of a word's vector that is for it. */
  private void addProducts(long[] polynomial, int word, int at, long q, long[] high, long[] low) {
    int bits = bits(q);
    int block = Math.min(polynomial.length, 1 << (Long.SIZE - 2 - bits));
    long[] sums = new long[2]; // high parts, low parts
    for (int i = 0; i < polynomial.length; i += block) {
      sumProducts(polynomial, i, doubled[word], at + i, block, bits, sums);
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

  /** Numbers of 64 bits out of a key. */
  private static final class Stream {
    private final Cipher cipher;
    private final byte[] zeros = new byte[Long.BYTES * STREAM_LONGS];
    private final byte[] bytes = new byte[zeros.length];
    private final LongBuffer numbers =
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();

    Stream(byte[] key) {
      try {
        cipher = Cipher.getInstance("AES/CTR/NoPadding");
        // the counter starts at zero: a key is used for one stream
        cipher.init(
            Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has AES", e);
      }
      numbers.position(numbers.limit());
    }

    long next() {
      if (!numbers.hasRemaining()) {
        try {
          cipher.update(zeros, 0, zeros.length, bytes, 0);
        } catch (GeneralSecurityException e) {
          throw new IllegalStateException("the buffer is as long as what goes in", e);
        }
        numbers.rewind();
      }
      return numbers.get();
    }

    void close() {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
