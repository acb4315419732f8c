package io.dualgrid.keys;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * An X25519 key pair (RFC 7748): two parties that know each other's public half share a secret. The
 * secret half has no accessor and is not printed.
 *
 * <p>Its arithmetic is BouncyCastle's, which shares the field with Ed25519: sixty sites begin with
 * a thousand agreements, which the platform's own takes two to three times as long for, and its
 * keys cannot be wiped. It takes the same steps whatever the secret is.
 */
public final class AgreementKey implements AutoCloseable {
  /** Bytes of a public key. */
  public static final int PUBLIC_KEY_BYTES = X25519.POINT_SIZE;

  private final byte[] secret;
  private final byte[] publicKey = new byte[PUBLIC_KEY_BYTES];
  private boolean closed;

  private AgreementKey(byte[] secret) {
    this.secret = secret;
    X25519.generatePublicKey(secret, 0, publicKey, 0);
  }

  /** A new pair from the platform's secure random source. */
  public static AgreementKey generate() {
    byte[] secret = new byte[X25519.SCALAR_SIZE];
    X25519.generatePrivateKey(new SecureRandom(), secret);
    return new AgreementKey(secret);
  }

  /** The pair of a known scalar, which is no secret then: for known answers. */
  static AgreementKey ofKnown(byte[] scalar) {
    return new AgreementKey(scalar.clone());
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
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized byte[] sharedSecret(byte[] other) {
    if (closed) {
      throw new IllegalStateException("the key is closed");
    }
    if (other.length != PUBLIC_KEY_BYTES) {
      throw new KeyAgreementException("it has " + other.length + " bytes, not " + PUBLIC_KEY_BYTES);
    }
    if (Arrays.equals(other, publicKey)) {
      throw new KeyAgreementException("it is the receiver's own");
    }
    byte[] shared = new byte[PUBLIC_KEY_BYTES];
    if (!X25519.calculateAgreement(secret, 0, other, 0, shared, 0)) {
      throw new KeyAgreementException(
          "it is a point of small order, whose secret everybody knows: zero");
    }
    return shared;
  }

  /** Wipes the secret half. What was agreed on stays with its owner. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(secret, (byte) 0);
  }
}
