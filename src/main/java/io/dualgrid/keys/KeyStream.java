package io.dualgrid.keys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  /** Multiple in which an accelerator gives numbers. */
  private static final int GRANULE = 32;

  /** So many numbers more than are expected are made at once. */
  private static final int RESERVE = 32;

  private final byte[] key;
  private final Optional<KeyAccelerator> accelerator;
  private long[] numbers = {};
  private int used;

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
    long[] longer = new long[Math.addExact(count, GRANULE - 1) / GRANULE * GRANULE];
    expand(key, longer, accelerator);
    Arrays.fill(numbers, 0);
    numbers = longer;
  }

  /** The next number. */
  public long next() {
    if (used == numbers.length) {
      make(Math.multiplyExact(2, numbers.length));
    }
    return numbers[used++];
  }

  /**
   * The first numbers of a stream.
   *
   * @param key 32 bytes, not modified
   * @param numbers all overwritten; a multiple of 32
   */
  static void expand(byte[] key, long[] numbers, Optional<KeyAccelerator> accelerator) {
    accelerator.ifPresentOrElse(by -> by.expand(key, numbers), () -> expand(key, numbers));
  }

  private static void expand(byte[] key, long[] numbers) {
    byte[] bytes = new byte[Math.multiplyExact(numbers.length, Long.BYTES)];
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
      cipher.update(bytes, 0, bytes.length, bytes, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES in counter mode", e);
    }
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(numbers);
    Arrays.fill(bytes, (byte) 0);
  }

  /** Wipes the key and what was made of it. */
  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
    Arrays.fill(numbers, 0);
  }
}
