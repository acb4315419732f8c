package io.dualgrid.keys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4) of public bytes, such as keys of 33 kB. */
public final class Sha256 {
  private Sha256() {}

  /** The hash, 32 bytes. */
  public static byte[] of(byte[] bytes) {
    return KeyAccelerator.available()
        .map(accelerator -> accelerator.sha256(bytes))
        .orElseGet(() -> inJava().digest(bytes));
  }

  /** By the platform: in parts, or of so little that to load a library does not pay. */
  public static MessageDigest inJava() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
