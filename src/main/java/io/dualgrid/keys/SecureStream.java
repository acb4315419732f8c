package io.dualgrid.keys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  private final byte[] block = new byte[BLOCK_BYTES];
  private final ByteBuffer bits = ByteBuffer.wrap(block).order(ByteOrder.nativeOrder());

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
    bits.position(BLOCK_BYTES);
  }

  @Override
  public long nextLong() {
    if (bits.remaining() < Long.BYTES) {
      refill();
    }
    int position = bits.position();
    long value = bits.getLong();
    bits.putLong(position, 0L);
    return value;
  }

  /** A byte, 0 to 255. */
  public int nextByte() {
    if (!bits.hasRemaining()) {
      refill();
    }
    int position = bits.position();
    int value = bits.get() & 0xff;
    bits.put(position, (byte) 0);
    return value;
  }

  private void refill() {
    byte[] key = new byte[KEY_BYTES];
    keys.nextBytes(key);
    if (accelerator.isPresent()) {
      accelerator.get().expand(key, block);
    } else {
      KeyStream.expand(key, block);
    }
    Arrays.fill(key, (byte) 0);
    bits.rewind();
  }

  /** Forgets what was drawn and not yet used. */
  public void discard() {
    Arrays.fill(block, (byte) 0);
    bits.position(BLOCK_BYTES);
  }
}
