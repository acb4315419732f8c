package io.dualgrid.auth;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An Ed25519 key pair (RFC 8032). The secret half has no accessor and is not printed; the platform
 * gives no way to wipe it.
 */
final class SigningKey {
  /** Bytes of a public key. */
  static final int PUBLIC_KEY_BYTES = 32;

  /** Bytes of a signature. */
  static final int SIGNATURE_BYTES = 64;

  private static final String SCHEME = "Ed25519";

  /** What precedes the 32 bytes of a key in its X.509 form (RFC 8410). */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final KeyPair pair;

  private SigningKey(KeyPair pair) {
    this.pair = pair;
  }

  /**
   * A pair that was made before.
   *
   * @throws IllegalArgumentException when it is none of Ed25519, or its halves do not belong
   *     together
   */
  static SigningKey of(KeyPair pair) {
    if (!(pair.getPrivate() instanceof EdECPrivateKey)
        || pair.getPublic().getEncoded().length != X509_PREFIX.length + PUBLIC_KEY_BYTES) {
      throw new IllegalArgumentException("no key of " + SCHEME);
    }
    SigningKey key = new SigningKey(pair);
    byte[] trial = {1};
    if (!verifies(key.publicKey(), trial, key.sign(trial))) {
      throw new IllegalArgumentException(
          "a secret key and a public key that do not belong together");
    }
    return key;
  }

  /** A new pair from the platform's secure random source. */
  static SigningKey generate() {
    try {
      return new SigningKey(KeyPairGenerator.getInstance(SCHEME).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /** 32 bytes as in RFC 8032; a copy. */
  byte[] publicKey() {
    return raw(pair.getPublic());
  }

  /** The same of a public key alone. */
  static byte[] raw(PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded.length != X509_PREFIX.length + PUBLIC_KEY_BYTES) {
      throw new IllegalArgumentException("no key of " + SCHEME);
    }
    return Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length);
  }

  /** The signature of a message. */
  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(SCHEME);
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /** Whether the owner of a public key signed a message; a key that is none signed nothing. */
  static boolean verifies(byte[] publicKey, byte[] message, byte[] signed) {
    if (publicKey.length != PUBLIC_KEY_BYTES || signed.length != SIGNATURE_BYTES) {
      return false;
    }
    byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + PUBLIC_KEY_BYTES);
    System.arraycopy(publicKey, 0, encoded, X509_PREFIX.length, PUBLIC_KEY_BYTES);
    try {
      PublicKey key =
          KeyFactory.getInstance(SCHEME).generatePublic(new X509EncodedKeySpec(encoded));
      Signature signature = Signature.getInstance(SCHEME);
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(signed);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw missing(e);
    } catch (GeneralSecurityException e) {
      return false; // not a point of the curve, or no signature at all
    }
  }

  private static IllegalStateException missing(GeneralSecurityException e) {
    return new IllegalStateException("this Java platform lacks " + SCHEME, e);
  }
}
