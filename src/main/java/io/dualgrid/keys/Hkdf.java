package io.dualgrid.keys;

import java.util.Arrays;
import javax.crypto.Mac;

/** HKDF with SHA-256 (RFC 5869): keys for several uses out of one secret. */
public final class Hkdf {
  /** Bytes of one block, and of what is extracted. */
  public static final int HASH_BYTES = 32;

  private static final int MOST_BLOCKS = 255;

  private Hkdf() {}

  /**
   * The pseudorandom key of a secret: HMAC(salt, secret).
   *
   * @param salt public; of any length, none counts as 32 zero bytes
   * @param secret not modified
   * @return 32 bytes, to be wiped by the caller
   */
  public static byte[] extract(byte[] salt, byte[] secret) {
    return Hmac.sha256(salt.length == 0 ? new byte[HASH_BYTES] : salt).doFinal(secret);
  }

  /**
   * Key material for one use: T(1) ‖ T(2) ‖ …, T(i) = HMAC(key, T(i − 1) ‖ info ‖ i).
   *
   * @param key what {@link #extract} gave
   * @param length bytes, 1 to 255 · 32
   * @param info what the material is for, in parts that are joined
   * @return to be wiped by the caller
   */
  public static byte[] expand(byte[] key, int length, byte[]... info) {
    if (length < 1 || length > MOST_BLOCKS * HASH_BYTES) {
      throw new IllegalArgumentException(length + " bytes of key material");
    }
    Mac mac = Hmac.sha256(key);
    byte[] material = new byte[length];
    byte[] block = new byte[0];
    for (int done = 0, i = 1; done < length; done += HASH_BYTES, i++) {
      mac.update(block);
      for (byte[] part : info) {
        mac.update(part);
      }
      mac.update((byte) i);
      Arrays.fill(block, (byte) 0);
      block = mac.doFinal();
      System.arraycopy(block, 0, material, done, Math.min(HASH_BYTES, length - done));
    }
    Arrays.fill(block, (byte) 0);
    return material;
  }
}
