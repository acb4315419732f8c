package io.dualgrid.auth;

import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 key pair (RFC 8032). The secret half has no accessor and is not printed.
 *
 * <p>Signatures are those of BouncyCastle: a run of sixty sites begins with hundreds of them, which
 * the platform's own takes several times as long for.
 */
final class SigningKey {
  /** Bytes of a public key. */
  static final int PUBLIC_KEY_BYTES = Ed25519.PUBLIC_KEY_SIZE;

  /** Bytes of a signature. */
  static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_SIZE;

  /** What precedes the 32 bytes of a key in its X.509 form (RFC 8410). */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final byte[] secret;
  private final byte[] publicKey;

  private SigningKey(byte[] secret, byte[] publicKey) {
    this.secret = secret;
    this.publicKey = publicKey;
  }

  private static SigningKey of(byte[] secret) {
    byte[] publicKey = new byte[PUBLIC_KEY_BYTES];
    Ed25519.generatePublicKey(secret, 0, publicKey, 0);
    return new SigningKey(secret, publicKey);
  }

  /**
   * A pair that was made before.
   *
   * @throws IllegalArgumentException when it is none of Ed25519, or its halves do not belong
   *     together
   */
  static SigningKey of(KeyPair pair) {
    if (!(pair.getPrivate() instanceof EdECPrivateKey secret)
        || secret.getBytes().map(bytes -> bytes.length).orElse(0) != Ed25519.SECRET_KEY_SIZE) {
      throw new IllegalArgumentException("no key of Ed25519");
    }
    SigningKey key = of(secret.getBytes().orElseThrow());
    if (!Arrays.equals(key.publicKey, raw(pair.getPublic()))) {
      throw new IllegalArgumentException(
          "a secret key and a public key that do not belong together");
    }
    return key;
  }

  /** A new pair from the platform's secure random source. */
  static SigningKey generate() {
    byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
    Ed25519.generatePrivateKey(new SecureRandom(), secret);
    return of(secret);
  }

  /** Computes the multiples of the base point that all keys share, unless they are there. */
  static void prepare() {
    Ed25519.precompute();
  }

  /** 32 bytes as in RFC 8032; a copy. */
  byte[] publicKey() {
    return publicKey.clone();
  }

  /** The same of a public key alone. */
  static byte[] raw(PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded.length != X509_PREFIX.length + PUBLIC_KEY_BYTES
        || !Arrays.equals(X509_PREFIX, Arrays.copyOf(encoded, X509_PREFIX.length))) {
      throw new IllegalArgumentException("no key of Ed25519");
    }
    return Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length);
  }

  /** The signature of a message. */
  byte[] sign(byte[] message) {
    byte[] signature = new byte[SIGNATURE_BYTES];
    Ed25519.sign(secret, 0, publicKey, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  /** Whether the owner of a public key signed a message; a key that is none signed nothing. */
  static boolean verifies(byte[] publicKey, byte[] message, byte[] signed) {
    return publicKey.length == PUBLIC_KEY_BYTES
        && signed.length == SIGNATURE_BYTES
        && Ed25519.verify(signed, 0, publicKey, 0, message, 0, message.length);
  }
}
