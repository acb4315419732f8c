package io.dualgrid.ckks;

import io.dualgrid.ckks.CkksException.Reason;
import java.nio.ByteBuffer;

/**
 * Encodes and encrypts in one call. Every value is checked here, before any backend sees it. One
 * thread at a time. The caller closes it; closing frees memory and wipes randomness.
 */
public abstract class Encryptor implements AutoCloseable {
  private final CkksParameters parameters;
  private final long keyId;

  /** For backends. */
  protected Encryptor(CkksParameters parameters, long keyId) {
    this.parameters = parameters;
    this.keyId = keyId;
  }

  /**
   * Encrypts a vector under fresh randomness.
   *
   * @param values at least one, each finite and within {@link CkksParameters#valueBound()}; as many
   *     polynomials are used as they need
   * @throws CkksException {@link Reason#VALUE_OUT_OF_RANGE}
   */
  public final Ciphertext encrypt(double[] values) {
    requireValues(parameters, values);
    ByteBuffer room = Ciphertext.room(parameters, values.length);
    Ciphertext.Draft draft = Ciphertext.Draft.fresh(parameters, keyId, values.length, room);
    encodeAndEncrypt(values, draft.residues());
    return draft.done();
  }

  /** Refuses what cannot be encrypted. */
  static void requireValues(CkksParameters parameters, double[] values) {
    if (values.length == 0 || values.length > WireFormat.MAX_VALUES) {
      throw new CkksException(
          Reason.VALUE_OUT_OF_RANGE,
          values.length + " values; 1 to " + WireFormat.MAX_VALUES + " can be encrypted");
    }
    double bound = parameters.valueBound();
    for (int i = 0; i < values.length; i++) {
      // false for NaN too; the value itself is private and stays out of the message
      if (!(Math.abs(values[i]) <= bound)) {
        throw new CkksException(
            Reason.VALUE_OUT_OF_RANGE,
            "value "
                + i
                + " is not finite or beyond "
                + bound
                + ", the bound of CKKS parameters "
                + parameters.name()
                + ": check the units (per unit on 1 MVA) or raise log2Bound");
      }
    }
  }

  /**
   * Writes a fresh encryption of the values, chunk after chunk.
   *
   * @param values checked
   * @param residues chunks · {@link CkksParameters#ciphertextLength()}, overwritten
   */
  protected abstract void encodeAndEncrypt(double[] values, Residues residues);

  /** Frees memory and wipes randomness; a second call does nothing. */
  @Override
  public abstract void close();
}
