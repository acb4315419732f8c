package io.dualgrid.ckks;

import io.dualgrid.ckks.CkksException.Reason;

/**
 * An encrypted vector: as many pairs of polynomials as its values need ({@link
 * CkksParameters#chunks}). Immutable. Every instance has the right length and residues in range:
 * bytes of another party become one only through {@link #fromBytes}.
 */
public final class Ciphertext {
  private final CkksParameters parameters;
  private final WireFormat.Header header;
  private final long[] residues;

  private Ciphertext(CkksParameters parameters, WireFormat.Header header, long[] residues) {
    this.parameters = parameters;
    this.header = header;
    this.residues = residues;
  }

  /** What a backend has computed; kept, not copied. */
  static Ciphertext ofComputed(
      CkksParameters parameters,
      long keyId,
      int log2Scale,
      int values,
      int terms,
      long[] residues) {
    return new Ciphertext(
        parameters,
        new WireFormat.Header(WireFormat.KIND_CIPHERTEXT, keyId, log2Scale, values, terms),
        residues);
  }

  /**
   * Reads a ciphertext that another party sent.
   *
   * @throws CkksException with the reason of the first check that fails
   */
  public static Ciphertext fromBytes(byte[] bytes, CkksParameters parameters) {
    WireFormat.Parsed parsed = WireFormat.read(bytes, parameters, WireFormat.KIND_CIPHERTEXT);
    return new Ciphertext(parameters, parsed.header(), parsed.residues());
  }

  /** The ciphertext as other parties read it. */
  public byte[] toBytes() {
    return WireFormat.write(parameters, header, residues);
  }

  /** The parameters it was made under. */
  public CkksParameters parameters() {
    return parameters;
  }

  /** Label of the public key whose owner can read it. */
  public long keyId() {
    return header.keyId();
  }

  /** Number of values in it. */
  public int valueCount() {
    return header.valueCount();
  }

  /** log2 of the factor between a value and its encoding. */
  public int log2Scale() {
    return header.log2Scale();
  }

  /** Full-range terms that are summed in it, at most. */
  public int terms() {
    return header.terms();
  }

  /** For backends: the residues themselves, not a copy; never to be changed. */
  public long[] sharedResidues() {
    return residues;
  }

  /** Refuses a ciphertext of other parameters or another key. */
  void require(CkksParameters expected, long expectedKeyId) {
    if (parameters.id() != expected.id()) {
      throw new CkksException(
          Reason.FOREIGN_PARAMETERS,
          "the ciphertext was made under " + parameters + ", expected " + expected);
    }
    if (keyId() != expectedKeyId) {
      throw new CkksException(
          Reason.WRONG_KEY,
          String.format(
              "the ciphertext is under key %016x, expected %016x", keyId(), expectedKeyId));
    }
  }

  @Override
  public String toString() {
    return String.format(
        "Ciphertext[%s, key %016x, %d values, scale 2^%d, %d terms]",
        parameters.name(), keyId(), valueCount(), log2Scale(), terms());
  }
}
