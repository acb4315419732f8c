package io.dualgrid.securesum;

import io.dualgrid.keys.KeyAccelerator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The masks of one party by the platform's AES. */
final class JavaPairMasks implements KeyAccelerator.Masks {
  private static final int KEY_BYTES = 32;

  private final Cipher[] ciphers;
  private final int subtracted;
  private byte[] counters = new byte[0];
  private byte[] stream = new byte[0];
  private LongBuffer counterWords; // the same bytes as numbers
  private LongBuffer streamWords;
  private long[] numbers = new long[0];

  /**
   * Keeps what it makes of the keys.
   *
   * @param keys 32 bytes each, one after another; not modified
   * @param subtracted number of keys, the first ones, whose masks are subtracted
   */
  JavaPairMasks(byte[] keys, int subtracted) {
    this.subtracted = subtracted;
    ciphers = new Cipher[keys.length / KEY_BYTES];
    for (int i = 0; i < ciphers.length; i++) {
      ciphers[i] = blockCipher(keys, KEY_BYTES * i);
    }
  }

  /** AES on single blocks: what it encrypts is the counter, which makes it counter mode. */
  private static Cipher blockCipher(byte[] keys, int from) {
    try {
      // by its whole name: of a shorter one the platform makes patterns, once for every key
      Cipher cipher = Cipher.getInstance("AES_256/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keys, from, KEY_BYTES, "AES"));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES is not available", e);
    }
  }

  @Override
  public void add(byte[] agreed, long round, long[] words) {
    // a number is 128 bits, and so is a block
    int length = words.length / SecureSumContribution.WORDS * PairMasks.BLOCK_BYTES;
    reserve(words.length, length);
    for (int i = 0; i < ciphers.length; i++) {
      if (ciphers[i] == null) {
        throw new IllegalStateException("the masks are closed");
      }
      try {
        ByteBuffer offset = ByteBuffer.wrap(ciphers[i].update(agreed));
        count(numbers, words.length, offset.getLong() ^ round, offset.getLong());
        counterWords.put(0, numbers, 0, words.length);
        ciphers[i].update(counters, 0, length, stream, 0);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("AES failed", e);
      }
      streamWords.get(0, numbers, 0, words.length);
      if (i < subtracted) {
        FixedPoint.subtractAll(words, numbers);
      } else {
        FixedPoint.addAll(words, numbers);
      }
    }
    Arrays.fill(stream, (byte) 0);
    Arrays.fill(numbers, 0L);
  }

  private void reserve(int words, int bytes) {
    if (numbers.length < words) {
      numbers = new long[words];
      counters = new byte[bytes];
      stream = new byte[bytes];
      counterWords = ByteBuffer.wrap(counters).asLongBuffer();
      streamWords = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    }
  }

  // A loop of its own, as those of FixedPoint: short methods are compiled soon, and to little code.
  private static void count(long[] counters, int words, long first, long second) {
    for (int j = 0; j < words; j += SecureSumContribution.WORDS) {
      counters[j] = first;
      counters[j + 1] = second ^ j / SecureSumContribution.WORDS;
    }
  }

  /** Drops the keys: Java cannot wipe what the platform made of them. */
  @Override
  public void close() {
    Arrays.fill(ciphers, null);
  }
}
