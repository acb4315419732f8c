package io.dualgrid.auth;

import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Residues;
import io.dualgrid.keys.KeyAccelerator;
import java.util.stream.IntStream;

/**
 * The inner products ⟨r, c⟩ mod q of a ciphertext's residues with secret vectors r that are uniform
 * modulo q: linear in c, and equal for two different c with probability 1/q each, independently of
 * each other. The vectors under one modulus are rows of a Toeplitz matrix, each the one before
 * moved on by one number (Mansour, Nisan and Tiwari, "The computational complexity of universal
 * hashing", 1990; Krawczyk, "New hash functions for message authentication", EUROCRYPT 1995): of
 * the last residue in which two c differ each product has a number that no product before it has,
 * so they are as independent as with vectors of their own, for half of the memory. One thread at a
 * time.
 */
final class ResidueHash implements AutoCloseable {
  private final int residues;
  private final KeyAccelerator.Products products;

  private ResidueHash(int residues, KeyAccelerator.Products products) {
    this.residues = residues;
    this.products = products;
  }

  /**
   * Draws the vectors: AES-256 in counter mode, candidates of b bits, those below q.
   *
   * @param key 32 bytes, not modified
   * @param chunks of the ciphertexts to come
   */
  static ResidueHash drawn(byte[] key, CkksParameters parameters, int chunks) {
    return drawn(
        key,
        parameters,
        chunks,
        KeyAccelerator.available().<Drawing>map(by -> by::products).orElse(JavaProducts::new));
  }

  /** The same, in a way of one's own. */
  static ResidueHash drawn(byte[] key, CkksParameters parameters, int chunks, Drawing drawing) {
    int polynomials = 2 * chunks; // components of a ciphertext, each of every modulus
    int count = parameters.dataModulusCount();
    long[] moduli = IntStream.range(0, count).mapToLong(parameters::modulus).toArray();
    int[] words = IntStream.range(0, count).map(m -> Tag.wordsOf(parameters, m)).toArray();
    return new ResidueHash(
        polynomials * count * parameters.ringDegree(),
        drawing.products(key, moduli, words, polynomials, parameters.ringDegree()));
  }

  /** As {@link KeyAccelerator#products}. */
  interface Drawing {
    KeyAccelerator.Products products(
        byte[] key, long[] moduli, int[] words, int polynomials, int degree);
  }

  /**
   * The hash.
   *
   * @param residues of a ciphertext, [chunk][component][modulus][position], each below its modulus
   * @return as many words as a tag has
   */
  long[] of(Residues residues) {
    require(residues);
    return products.of(residues.sharedBytes(), residues.offset());
  }

  private void require(Residues given) {
    if (given.length() != residues) {
      throw new AuthenticationException(
          "a ciphertext of " + given.length() + " residues, not " + residues);
    }
  }

  /** Wipes the vectors. */
  @Override
  public void close() {
    products.close();
  }
}
