package io.dualgrid.mask;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Random bits of a {@link SecureRandom}, expanded by AES-256 in counter mode under a key from it: a
 * new key after every {@link #discard()} and every {@value #REKEY_BYTES} bytes. A mask takes up to
 * 10⁶ normal variates, and the system's own source gives some tens of megabytes a second. Bytes are
 * erased as they are used. Not thread safe.
 */
final class SecureStream implements RandomGenerator {
  private static final int BLOCK_BYTES = 8192;
  private static final int REKEY_BYTES = 1 << 24;
  private static final int KEY_BYTES = 32;
  private static final byte[] ZEROS = new byte[BLOCK_BYTES];

  private final SecureRandom keys;
  private final byte[] block = new byte[BLOCK_BYTES];
  private final LongBuffer words =
      ByteBuffer.wrap(block).order(ByteOrder.nativeOrder()).asLongBuffer();
  private Cipher cipher;
  private int left;

  SecureStream(SecureRandom keys) {
    this.keys = keys;
    words.position(words.limit());
  }

  @Override
  public long nextLong() {
    if (!words.hasRemaining()) {
      refill();
    }
    int position = words.position();
    long value = words.get();
    words.put(position, 0L);
    return value;
  }

  private void refill() {
    try {
      if (left < BLOCK_BYTES) {
        byte[] key = new byte[KEY_BYTES];
        keys.nextBytes(key);
        cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(
            Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        Arrays.fill(key, (byte) 0);
        left = REKEY_BYTES;
      }
      cipher.update(ZEROS, 0, BLOCK_BYTES, block, 0);
      left -= BLOCK_BYTES;
      words.rewind();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode failed", e);
    }
  }

  /** Forgets what was drawn and not yet used, and the key. */
  void discard() {
    Arrays.fill(block, (byte) 0);
    words.position(words.limit());
    cipher = null;
    left = 0;
  }
}
