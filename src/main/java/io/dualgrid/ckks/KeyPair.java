package io.dualgrid.ckks;

/**
 * A fresh pair of keys. Closing wipes the secret one.
 *
 * @param publicKey for everybody
 * @param secretKey for its owner alone
 */
public record KeyPair(PublicKey publicKey, SecretKey secretKey) implements AutoCloseable {
  @Override
  public void close() {
    secretKey.close();
  }
}
