package io.dualgrid.keys;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Random bits of a {@link SecureRandom}, expanded by AES-256 in counter mode: every {@value
 * #BLOCK_BYTES} bytes under a key of their own from it, and a new one after every {@link
 * #discard()}. A mask takes up to 10⁶ normal variates and an encryption 33 kB, and the system's own
 * source gives some tens of megabytes a second. (SEAL expands a seed of the system in the same way
 * with BLAKE2.) Bytes are erased as they are used. Not thread safe.
 */
public final class SecureStream implements RandomGenerator {
  private static final int BLOCK_BYTES = 1 << 14;
  private static final int KEY_BYTES = 32;

  private final SecureRandom keys;
  private final Optional<KeyAccelerator> accelerator;
  private final long[] words = new long[BLOCK_BYTES / Long.BYTES]; // zero where they are used
  private int at = BLOCK_BYTES; // the next byte, the lowest of a word first

  /**
   * Expands in Java. Draws nothing yet.
   *
   * @param keys where keys come from
   */
  public SecureStream(SecureRandom keys) {
    this(keys, Optional.empty());
  }

  /**
   * Draws nothing yet.
   *
   * @param keys where keys come from
   * @param accelerator what expands them, to the same bytes; where there is none, Java does
   */
  public SecureStream(SecureRandom keys, Optional<KeyAccelerator> accelerator) {
    this.keys = keys;
    this.accelerator = accelerator;
  }

  /** Of eight bytes that are a word; what bytes have left of the present one is forgotten. */
  @Override
  public long nextLong() {
    int word = wordAt();
    if (at % Long.BYTES != 0) {
      words[word] = 0;
      at += Long.BYTES - at % Long.BYTES;
      word = wordAt();
    }
    long value = words[word];
    words[word] = 0;
    at += Long.BYTES;
    return value;
  }

  /** A byte, 0 to 255. */
  public int nextByte() {
    int word = wordAt();
    int shift = Byte.SIZE * (at % Long.BYTES);
    int value = (int) (words[word] >>> shift) & 0xff;
    words[word] &= ~(0xffL << shift);
    at++;
    return value;
  }

  /** The word that the next byte is in. */
  private int wordAt() {
    if (at == BLOCK_BYTES) {
      refill();
    }
    return at / Long.BYTES;
  }

  private void refill() {
    byte[] key = new byte[KEY_BYTES];
    keys.nextBytes(key);
    KeyStream.expand(key, words, accelerator);
    Arrays.fill(key, (byte) 0);
    at = 0;
  }

  /** Forgets what was drawn and not yet used. */
  public void discard() {
    Arrays.fill(words, 0);
    at = BLOCK_BYTES;
  }
}
