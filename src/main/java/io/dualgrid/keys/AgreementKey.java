package io.dualgrid.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * An X25519 key pair (RFC 7748): two parties that know each other's public half share a secret. The
 * secret half has no accessor and is not printed. The platform gives no way to wipe it; it is
 * dropped with this object.
 */
public final class AgreementKey {
  /** Bytes of a public key. */
  public static final int PUBLIC_KEY_BYTES = 32;

  private static final String CURVE = "X25519";

  private final KeyPair pair;
  private final byte[] publicKey;

  private AgreementKey(KeyPair pair) {
    this.pair = pair;
    this.publicKey = littleEndian(((XECPublicKey) pair.getPublic()).getU());
  }

  /** A new pair from the platform's secure random source. */
  public static AgreementKey generate() {
    try {
      return new AgreementKey(KeyPairGenerator.getInstance(CURVE).generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks " + e.getMessage(), e);
    }
  }

  /** The u coordinate, 32 bytes, little endian (RFC 7748). A copy. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /**
   * The secret shared with the owner of another key.
   *
   * @param other public key of the other, 32 bytes
   * @return 32 bytes, to be wiped by the caller, and to be used through {@link Hkdf} only
   * @throws KeyAgreementException when the other's key is no point that gives a secret, or is this
   *     party's own
   */
  public byte[] sharedSecret(byte[] other) {
    if (other.length != PUBLIC_KEY_BYTES) {
      throw new KeyAgreementException("it has " + other.length + " bytes, not " + PUBLIC_KEY_BYTES);
    }
    if (Arrays.equals(other, publicKey)) {
      throw new KeyAgreementException("it is the receiver's own");
    }
    try {
      KeyAgreement agreement = KeyAgreement.getInstance(CURVE);
      agreement.init(pair.getPrivate());
      agreement.doPhase(decode(other), true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException e) {
      // points of small order give a secret that everybody knows; the platform refuses them
      throw new KeyAgreementException("it is not usable: " + e.getMessage(), e);
    }
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
}
