package io.dualgrid.securesum;

import io.dualgrid.keys.AgreementKey;
import io.dualgrid.keys.Hkdf;
import io.dualgrid.keys.KeyAgreementException;
import io.dualgrid.keys.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One party's X25519 key pair for secure sums, fresh for each run. The operator relays public keys;
 * who does not trust it with that compares {@link #fingerprint} out of band. The secret half has no
 * accessor and is not printed.
 */
public final class SecureSumKeys implements AutoCloseable {
  private static final byte[] LABEL = "dualgrid secure sum".getBytes(StandardCharsets.US_ASCII);
  private static final int FINGERPRINT_GROUPS = 8;

  private final AgreementKey key;

  private SecureSumKeys(AgreementKey key) {
    this.key = key;
  }

  /** A new pair from the platform's secure random source. */
  public static SecureSumKeys generate() {
    return new SecureSumKeys(AgreementKey.generate());
  }

  /** The u coordinate, 32 bytes, little endian (RFC 7748). A copy. */
  public byte[] publicKey() {
    return key.publicKey();
  }

  /** 128 bits of the SHA-256 of a public key, for people. */
  public static String fingerprint(byte[] publicKey) {
    String hex = HexFormat.of().formatHex(Sha256.inJava().digest(publicKey));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < FINGERPRINT_GROUPS; i++) {
      text.append(i == 0 ? "" : "-").append(hex, 4 * i, 4 * i + 4);
    }
    return text.toString();
  }

  /**
   * The key of the mask shared with another party: HKDF-SHA256 (RFC 5869) of the X25519 secret,
   * with the session as salt and both public keys, the lesser index first, in the info.
   *
   * @param ownIndex index of this party
   * @param other public key of the other
   * @param otherIndex its index
   * @param session public, the same for all parties and different for each run
   * @throws SecureSumException when the other's key is no point that gives a secret
   */
  byte[] sharedKey(int ownIndex, byte[] other, int otherIndex, byte[] session) {
    byte[] secret = null;
    byte[] extracted = null;
    try {
      secret = key.sharedSecret(other);
      extracted = Hkdf.extract(session, secret);
      boolean first = ownIndex < otherIndex;
      byte[] own = key.publicKey();
      return Hkdf.expand(
          extracted, Hkdf.HASH_BYTES, LABEL, first ? own : other, first ? other : own);
    } catch (KeyAgreementException e) {
      throw new SecureSumException(
          "the public key of party " + otherIndex + " gives no secret: " + e.getMessage(), e);
    } finally {
      wipe(secret);
      wipe(extracted);
    }
  }

  private static void wipe(byte[] secret) {
    if (secret != null) {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Wipes the secret half; what parties have agreed on stays with them. */
  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "SecureSumKeys[" + fingerprint(key.publicKey()) + "]";
  }
}
