package io.dualgrid.ckks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * SHA-256 of a public key in wire form. Neighbours compare it out of band, since an operator that
 * hands out a key of its own instead would read everything encrypted under it.
 */
public final class KeyFingerprint {
  /** 8 groups of 4 hexadecimal digits: 128 bits, what a second preimage has to meet. */
  private static final int SHOWN_GROUPS = 8;

  private final byte[] digest;

  KeyFingerprint(byte[] digest) {
    this.digest = digest.clone();
  }

  /** The first 8 bytes: the label by which a ciphertext names its key. */
  public long keyId() {
    return ByteBuffer.wrap(digest).getLong();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyFingerprint that && Arrays.equals(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  /** For people: 128 bits in 8 groups, as {@code 1f3a-…}. */
  @Override
  public String toString() {
    String hex = HexFormat.of().formatHex(digest);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < SHOWN_GROUPS; i++) {
      text.append(i == 0 ? "" : "-").append(hex, 4 * i, 4 * i + 4);
    }
    return text.toString();
  }
}
