package io.dualgrid.auth;

import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Residues;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The inner products ⟨r, c⟩ mod q of a ciphertext's residues with secret vectors r that are uniform
 * modulo q: linear in c, and equal for two different c with probability 1/q each. With b bits of q,
 * products are split at 2^b, so that 2^(63 − b) of them (half as many low parts) are summed before
 * any is reduced. Thread safe until it is closed.
 */
final class ResidueHash implements AutoCloseable {
  /** Numbers of the key stream that are made at a time. */
  private static final int STREAM_LONGS = 1024;

  private final CkksParameters parameters;
  private final int polynomials; // pairs of components in a ciphertext, each of every modulus
  private final long[][] doubled; // 2·r for each word of a tag, over components and positions

  /**
   * Draws the vectors: AES-256 in counter mode, candidates of b bits, those below q.
   *
   * @param key 32 bytes, not modified
   * @param chunks of the ciphertexts to come
   */
  ResidueHash(byte[] key, CkksParameters parameters, int chunks) {
    this.parameters = parameters;
    this.polynomials = 2 * chunks;
    this.doubled = new long[Tag.length(parameters)][polynomials * parameters.ringDegree()];
    Stream stream = new Stream(key);
    int word = 0;
    for (int m = 0; m < parameters.dataModulusCount(); m++) {
      long q = parameters.modulus(m);
      long mask = (Long.highestOneBit(q) << 1) - 1;
      for (int k = 0; k < Tag.wordsOf(parameters, m); k++, word++) {
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

  /**
   * The hash.
   *
   * @param residues of a ciphertext, [chunk][component][modulus][position], each below its modulus
   * @return as many words as a tag has
   */
  long[] of(Residues residues) {
    return of(residues, null);
  }

  /**
   * The hash of the difference of two ciphertexts' residues.
   *
   * @param residues as above
   * @param less as long, what is subtracted
   */
  long[] ofDifference(Residues residues, Residues less) {
    return of(residues, less);
  }

  private long[] of(Residues residues, Residues less) {
    int degree = parameters.ringDegree();
    int moduli = parameters.dataModulusCount();
    if (residues.length() != polynomials * moduli * degree) {
      throw new AuthenticationException(
          "a ciphertext of "
              + residues.length()
              + " residues, not "
              + polynomials * moduli * degree);
    }
    long[] polynomial = new long[degree];
    long[] subtracted = less == null ? null : new long[degree];
    long[] high = new long[doubled.length];
    long[] low = new long[doubled.length];
    for (int p = 0; p < polynomials; p++) {
      int word = 0;
      for (int m = 0; m < moduli; m++) {
        int from = (p * moduli + m) * degree;
        residues.get(from, polynomial);
        if (less != null) {
          less.get(from, subtracted);
          subtract(polynomial, subtracted, parameters.modulus(m));
        }
        for (int k = 0; k < Tag.wordsOf(parameters, m); k++, word++) {
          addProducts(polynomial, word, p * degree, parameters.modulus(m), high, low);
        }
      }
    }
    return words(high, low);
  }

  private long[] words(long[] high, long[] low) {
    long[] words = new long[doubled.length];
    int word = 0;
    for (int m = 0; m < parameters.dataModulusCount(); m++) {
      long q = parameters.modulus(m);
      for (int k = 0; k < Tag.wordsOf(parameters, m); k++, word++) {
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
