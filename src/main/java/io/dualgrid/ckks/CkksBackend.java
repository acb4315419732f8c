package io.dualgrid.ckks;

import io.dualgrid.backend.Backend;

/**
 * An implementation of CKKS. All of them read and write the same bytes: what one encrypts, another
 * adds and a third decrypts. A secret key alone belongs to the backend that made it. Thread safe;
 * what it hands out is not, unless it says so.
 */
public interface CkksBackend extends Backend {
  /** Generates a key pair from the system's secure random source. */
  KeyPair generateKeys(CkksParameters parameters);

  /** Encrypts under anybody's public key. */
  Encryptor encryptor(PublicKey key);

  /**
   * Encrypts under one's own secret key: the same ciphertexts to everybody else, in less time and
   * with less noise.
   *
   * @throws IllegalArgumentException for a key of another backend
   */
  Encryptor encryptor(SecretKey key);

  /**
   * Encrypts under both keys of a line end, its own and the other end's.
   *
   * @throws IllegalArgumentException for a secret key of another backend
   * @throws CkksException when the keys are of different parameters
   */
  PairEncryptor encryptor(SecretKey own, PublicKey other);

  /**
   * Decrypts.
   *
   * @throws IllegalArgumentException for a key of another backend
   */
  Decryptor decryptor(SecretKey key);

  /** Computes on ciphertexts; needs no key. */
  Evaluator evaluator(CkksParameters parameters);
}
