package io.dualgrid.ckks;

/**
 * A secret key, in the memory of the backend that made it. It cannot be read, written, compared or
 * printed; closing wipes it, and everything made from it stops working. Thread safe.
 */
public abstract class SecretKey implements AutoCloseable {
  private final CkksParameters parameters;
  private final KeyFingerprint publicFingerprint;

  /** For backends, with the public key that belongs to it. */
  protected SecretKey(PublicKey publicKey) {
    this.parameters = publicKey.parameters();
    this.publicFingerprint = publicKey.fingerprint();
  }

  /** The parameters it was made under. */
  public final CkksParameters parameters() {
    return parameters;
  }

  /** Label of the ciphertexts that it opens. */
  public final long keyId() {
    return publicFingerprint.keyId();
  }

  /** Wipes the key; a second call does nothing. */
  @Override
  public abstract void close();

  @Override
  public final String toString() {
    return "SecretKey[" + parameters.name() + ", of public key " + publicFingerprint + "]";
  }
}
