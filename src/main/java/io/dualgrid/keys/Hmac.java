package io.dualgrid.keys;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC with SHA-256 (RFC 2104). */
public final class Hmac {
  private static final String NAME = "HmacSHA256";

  private Hmac() {}

  /**
   * The code under a key.
   *
   * @param key not empty, not modified; what is made of it keeps a copy
   */
  public static Mac sha256(byte[] key) {
    try {
      Mac mac = Mac.getInstance(NAME);
      mac.init(new SecretKeySpec(key, NAME));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + NAME, e);
    }
  }
}
