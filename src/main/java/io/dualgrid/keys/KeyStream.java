package io.dualgrid.keys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The numbers that a key of 32 bytes stands for: AES-256 in counter mode from counter 0, words of
 * 64 bits, little endian. A key is used for one stream. One thread at a time.
 */
public final class KeyStream implements AutoCloseable {
  /** Multiple in which an accelerator gives bytes. */
  private static final int GRANULE = 256;

  /** So many numbers more than are expected are made at once. */
  private static final int RESERVE = 32;

  private final byte[] key;
  private final Optional<KeyAccelerator> accelerator;
  private byte[] bytes = {};
  private LongBuffer numbers;

  /**
   * Makes as many numbers as are expected; more follow when they are asked for.
   *
   * @param key not modified, and the caller's to wipe
   * @param expected how many will be asked for, or somewhat more than that
   * @param accelerator what makes them; where there is none, Java does
   */
  public KeyStream(byte[] key, int expected, Optional<KeyAccelerator> accelerator) {
    this.key = key.clone();
    this.accelerator = accelerator;
    make(expected + RESERVE);
  }

  private void make(int count) {
    int granules = (Math.multiplyExact(count, Long.BYTES) + GRANULE - 1) / GRANULE;
    byte[] longer = new byte[Math.multiplyExact(granules, GRANULE)];
    accelerator.ifPresentOrElse(by -> by.expand(key, longer), () -> expand(key, longer));
    Arrays.fill(bytes, (byte) 0);
    int used = numbers == null ? 0 : numbers.position();
    bytes = longer;
    numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().position(used);
  }

  /** The next number. */
  public long next() {
    if (!numbers.hasRemaining()) {
      make(2 * numbers.capacity());
    }
    return numbers.get();
  }

  /**
   * The stream in Java.
   *
   * @param key 32 bytes, not modified
   * @param bytes all overwritten
   */
  static void expand(byte[] key, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
      Arrays.fill(bytes, (byte) 0);
      cipher.update(bytes, 0, bytes.length, bytes, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES in counter mode", e);
    }
  }

  /** Wipes the key and what was made of it. */
  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
    Arrays.fill(bytes, (byte) 0);
  }
}
