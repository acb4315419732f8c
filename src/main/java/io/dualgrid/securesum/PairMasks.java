package io.dualgrid.securesum;

import io.dualgrid.keys.KeyAccelerator;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/** Masks under shared keys, in native code where there is some. */
final class PairMasks {
  /** Of AES, and of what masks are agreed on by. */
  static final int BLOCK_BYTES = 16;

  private PairMasks() {}

  /**
   * What masks of a round differ by, where something else is taken for common knowledge.
   *
   * @param sha256 in its initial state, and left so
   * @param use of the masks
   */
  static byte[] agreed(MessageDigest sha256, byte[] use, long round, byte[] context) {
    sha256.update(use);
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(round).array());
    return Arrays.copyOf(sha256.digest(context), BLOCK_BYTES);
  }

  /**
   * Keeps what is made of the keys.
   *
   * @param keys 32 bytes each, one after another; not modified
   * @param subtracted number of keys, the first ones, whose masks are subtracted
   */
  static KeyAccelerator.Masks of(byte[] keys, int subtracted) {
    return KeyAccelerator.available()
        .map(accelerator -> accelerator.masks(keys, subtracted))
        .orElseGet(() -> new JavaPairMasks(keys, subtracted));
  }
}
