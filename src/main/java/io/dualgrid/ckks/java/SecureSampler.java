package io.dualgrid.ckks.java;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The random polynomials of CKKS. Bits come from AES-256 in counter mode under a key of {@link
 * SecureRandom}, a new key for every {@value #REKEY_BYTES} bytes: the platform's own source is
 * secure but gives tens of megabytes a second, and an encryption takes 33 kB. (SEAL expands a seed
 * of the system in the same way with BLAKE2.) One thread at a time.
 */
final class SecureSampler {
  private static final int BUFFER_BYTES = 1 << 15;
  private static final int REKEY_BYTES = 1 << 22;

  private static final int COIN_FLIPS = 21;
  private static final byte[] ZEROS = new byte[BUFFER_BYTES];
  private static final long COIN_MASK = (1L << COIN_FLIPS) - 1;
  private static final int TRITS_PER_BYTE = 5;
  private static final int TRIT_LIMIT = 243; // 3^5

  private final SecureRandom seeds = new SecureRandom();
  private final byte[] bytes = new byte[BUFFER_BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private Cipher stream;
  private long streamLeft;

  SecureSampler() {
    buffer.position(BUFFER_BYTES);
  }

  private void refill() {
    try {
      if (streamLeft < BUFFER_BYTES) {
        byte[] key = new byte[32];
        seeds.nextBytes(key);
        stream = Cipher.getInstance("AES/CTR/NoPadding");
        stream.init(
            Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        Arrays.fill(key, (byte) 0);
        streamLeft = REKEY_BYTES;
      }
      stream.update(ZEROS, 0, BUFFER_BYTES, bytes, 0);
      streamLeft -= BUFFER_BYTES;
      buffer.clear();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode failed", e);
    }
  }

  private long nextLong() {
    if (buffer.remaining() < Long.BYTES) {
      refill();
    }
    return buffer.getLong();
  }

  private int nextByte() {
    if (!buffer.hasRemaining()) {
      refill();
    }
    return buffer.get() & 0xff;
  }

  /**
   * Fills with −1, 0, 1, each with the same chance: of a byte below 3^5, its five base-3 digits.
   */
  void ternary(long[] polynomial) {
    int i = 0;
    while (i < polynomial.length) {
      int digits = nextByte();
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
      long coins = nextLong();
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
        candidate = nextLong() & mask;
      } while (candidate >= q);
      polynomial[i] = candidate;
    }
  }

  /** Forgets the bits that are left and those that were given out. */
  void wipe() {
    Arrays.fill(bytes, (byte) 0);
    buffer.position(BUFFER_BYTES);
    streamLeft = 0;
    stream = null;
  }
}
