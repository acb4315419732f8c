package io.dualgrid.securesum;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One party's X25519 key pair for secure sums (RFC 7748), fresh for each run. The operator relays
 * public keys; who does not trust it with that compares {@link #fingerprint} out of band. The
 * secret half has no accessor and is not printed. The platform gives no way to wipe it; it is
 * dropped with this object.
 */
public final class SecureSumKeys {
  /** Bytes of a public key. */
  public static final int PUBLIC_KEY_BYTES = 32;

  private static final String CURVE = "X25519";
  private static final String MAC = "HmacSHA256";
  private static final int FINGERPRINT_GROUPS = 8;

  private final KeyPair pair;
  private final byte[] publicKey;

  private SecureSumKeys(KeyPair pair) {
    this.pair = pair;
    this.publicKey = littleEndian(((XECPublicKey) pair.getPublic()).getU());
  }

  /** A new pair from the platform's secure random source. */
  public static SecureSumKeys generate() {
    try {
      return new SecureSumKeys(KeyPairGenerator.getInstance(CURVE).generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw missing(e);
    }
  }

  /** The u coordinate, 32 bytes, little endian (RFC 7748). A copy. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** 128 bits of the SHA-256 of a public key, for people. */
  public static String fingerprint(byte[] publicKey) {
    try {
      String hex = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(publicKey));
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < FINGERPRINT_GROUPS; i++) {
        text.append(i == 0 ? "" : "-").append(hex, 4 * i, 4 * i + 4);
      }
      return text.toString();
    } catch (NoSuchAlgorithmException e) {
      throw missing(e);
    }
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
    if (other.length != PUBLIC_KEY_BYTES) {
      throw new SecureSumException(
          "the public key of party "
              + otherIndex
              + " has "
              + other.length
              + " bytes, not "
              + PUBLIC_KEY_BYTES);
    }
    byte[] secret = null;
    byte[] extracted = null;
    try {
      KeyAgreement agreement = KeyAgreement.getInstance(CURVE);
      agreement.init(pair.getPrivate());
      agreement.doPhase(decode(other), true);
      secret = agreement.generateSecret();
      extracted = hmac(session.length == 0 ? new byte[32] : session, secret);
      boolean first = ownIndex < otherIndex;
      return hmac(
          extracted,
          "dualgrid secure sum".getBytes(StandardCharsets.US_ASCII),
          first ? publicKey : other,
          first ? other : publicKey,
          new byte[] {1});
    } catch (GeneralSecurityException e) {
      // points of small order give a secret that everybody knows; the platform refuses them
      throw new SecureSumException(
          "the public key of party " + otherIndex + " is not usable: " + e.getMessage(), e);
    } finally {
      wipe(secret);
      wipe(extracted);
    }
  }

  private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(MAC);
    mac.init(new SecretKeySpec(key, MAC));
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private static PublicKey decode(byte[] u) throws GeneralSecurityException {
    byte[] bigEndian = reversed(u);
    bigEndian[0] &= 0x7f; // RFC 7748: the top bit is ignored
    return KeyFactory.getInstance(CURVE)
        .generatePublic(
            new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian)));
  }

  private static byte[] littleEndian(BigInteger u) {
    byte[] bigEndian = u.toByteArray();
    byte[] padded = new byte[PUBLIC_KEY_BYTES];
    int length = Math.min(bigEndian.length, PUBLIC_KEY_BYTES);
    System.arraycopy(
        bigEndian, bigEndian.length - length, padded, PUBLIC_KEY_BYTES - length, length);
    return reversed(padded);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = bytes[bytes.length - 1 - i];
    }
    return result;
  }

  private static void wipe(byte[] secret) {
    if (secret != null) {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static IllegalStateException missing(NoSuchAlgorithmException e) {
    return new IllegalStateException("this Java platform lacks " + e.getMessage(), e);
  }

  @Override
  public String toString() {
    return "SecureSumKeys[" + fingerprint(publicKey) + "]";
  }
}
