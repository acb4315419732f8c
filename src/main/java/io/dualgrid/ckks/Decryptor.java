package io.dualgrid.ckks;

import io.dualgrid.ckks.CkksException.Reason;
import java.util.Arrays;

/**
 * Decrypts and decodes in one call, and judges the outcome: under a wrong key, or after a change of
 * even one residue, the slots are spread over the whole modulus, thousands of times beyond any
 * permitted value, and the slots that nobody filled are no longer zero. What cannot be told this
 * way is a shift that the operator added to the encoding on purpose: CKKS ciphertexts are
 * malleable. One thread at a time. Works until its secret key is closed.
 */
public abstract class Decryptor implements AutoCloseable {
  /**
   * An honest run checks some 1e8 slots; at four times the error bound none of them fails by chance
   * (exp(−128)), while what is wrong is beyond it by orders of magnitude.
   */
  private static final double SLACK = 4;

  private final CkksParameters parameters;
  private final long keyId;

  /** For backends. */
  protected Decryptor(SecretKey key) {
    this.parameters = key.parameters();
    this.keyId = key.keyId();
  }

  /** The parameters in force. */
  public final CkksParameters parameters() {
    return parameters;
  }

  /**
   * Decrypts.
   *
   * @return {@link Ciphertext#valueCount()} values, each within {@link CkksParameters#errorBound}
   *     of the sum that was encrypted
   * @throws CkksException {@link Reason#FOREIGN_PARAMETERS}, {@link Reason#WRONG_KEY} by the
   *     ciphertext's labels; {@link Reason#IMPLAUSIBLE_PLAINTEXT} by what came out
   */
  public final double[] decrypt(Ciphertext ciphertext) {
    ciphertext.require(parameters, keyId);
    int values = ciphertext.valueCount();
    double[] slots = new double[parameters.chunks(values) * parameters.slotCount()];
    try {
      decryptSlots(ciphertext.sharedResidues(), ciphertext.log2Scale(), slots);
      checkPlausible(ciphertext, slots);
      return Arrays.copyOf(slots, values);
    } finally {
      Arrays.fill(slots, 0);
    }
  }

  private void checkPlausible(Ciphertext ciphertext, double[] slots) {
    double error = SLACK * parameters.errorBound(ciphertext.terms());
    double bound = parameters.valueBound() * ciphertext.terms() + error;
    for (int i = 0; i < slots.length; i++) {
      double limit = i < ciphertext.valueCount() ? bound : error;
      if (!(Math.abs(slots[i]) <= limit)) {
        throw new CkksException(
            Reason.IMPLAUSIBLE_PLAINTEXT,
            ciphertext
                + " decrypts to no sum of permitted values (slot "
                + i
                + "): it was changed, or encrypted under another key");
      }
    }
  }

  /**
   * Decrypts and decodes every slot of every chunk.
   *
   * @param residues chunks · {@link CkksParameters#ciphertextLength()}; not modified
   * @param log2Scale log2 of the scale
   * @param slots chunks · {@link CkksParameters#slotCount()}; overwritten
   * @throws IllegalStateException when the secret key has been closed
   */
  protected abstract void decryptSlots(Residues residues, int log2Scale, double[] slots);

  /** Frees memory, wiped; a second call does nothing. The secret key stays with its owner. */
  @Override
  public abstract void close();
}
