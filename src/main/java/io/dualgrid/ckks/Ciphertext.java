package io.dualgrid.ckks;

import io.dualgrid.ckks.CkksException.Reason;
import java.nio.ByteBuffer;

/**
 * An encrypted vector: as many pairs of polynomials as its values need ({@link
 * CkksParameters#chunks}). Immutable. Every instance has the right length and residues in range:
 * bytes of another party become one only through {@link #fromBytes}.
 */
public final class Ciphertext {
  static final byte[] UNSEEDED = {};

  private final CkksParameters parameters;
  private final WireFormat.Header header;
  private final ByteBuffer message; // as on the wire; all of an array, or a part of one
  private final Residues residues;
  private final byte[] seeds;

  private Ciphertext(
      CkksParameters parameters,
      WireFormat.Header header,
      ByteBuffer message,
      Residues residues,
      byte[] seeds) {
    this.parameters = parameters;
    this.header = header;
    this.message = message;
    this.residues = residues;
    this.seeds = seeds;
  }

  /** A message whose residues are still to be written. */
  static final class Draft {
    private final CkksParameters parameters;
    private final WireFormat.Header header;
    private final ByteBuffer message;
    private final Residues residues;

    /**
     * In what remains in a part of an array.
     *
     * @param room {@link #lengthOf} bytes, overwritten
     */
    Draft(
        CkksParameters parameters,
        long keyId,
        int log2Scale,
        int values,
        int terms,
        ByteBuffer room) {
      this.parameters = parameters;
      header = new WireFormat.Header(WireFormat.KIND_CIPHERTEXT, keyId, log2Scale, values, terms);
      message = room.slice();
      int length = lengthOf(parameters, values);
      if (message.remaining() != length) {
        throw new IllegalArgumentException(
            message.remaining() + " bytes for a ciphertext of " + length);
      }
      WireFormat.writeHeader(message, parameters, header);
      residues = WireFormat.residuesOf(message, parameters, WireFormat.KIND_CIPHERTEXT);
    }

    /** For a fresh encryption of so many values. */
    static Draft fresh(CkksParameters parameters, long keyId, int values, ByteBuffer room) {
      return new Draft(parameters, keyId, parameters.log2Scale(), values, 1, room);
    }

    /** To be overwritten, each below its modulus. */
    Residues residues() {
      return residues;
    }

    Ciphertext done() {
      return done(UNSEEDED);
    }

    /** With seeds of the second components; kept, not copied. */
    Ciphertext done(byte[] seeds) {
      WireFormat.seal(message);
      return new Ciphertext(parameters, header, message, residues, seeds);
    }
  }

  /** Bytes of a ciphertext of so many values. */
  public static int lengthOf(CkksParameters parameters, int values) {
    return WireFormat.length(
        parameters,
        WireFormat.KIND_CIPHERTEXT,
        Math.multiplyExact(parameters.chunks(values), parameters.ciphertextLength()));
  }

  /** An array for a ciphertext of so many values, and nothing else. */
  static ByteBuffer room(CkksParameters parameters, int values) {
    return ByteBuffer.wrap(new byte[lengthOf(parameters, values)]);
  }

  /**
   * Reads a ciphertext that another party sent.
   *
   * @param bytes kept, not copied; not to be changed any more
   * @throws CkksException with the reason of the first check that fails
   */
  public static Ciphertext fromBytes(byte[] bytes, CkksParameters parameters) {
    return fromBytes(ByteBuffer.wrap(bytes), parameters);
  }

  /**
   * Reads a ciphertext from what remains in a part of an array.
   *
   * @param message backed by an array; kept, not copied; not to be changed any more
   * @throws CkksException with the reason of the first check that fails
   */
  public static Ciphertext fromBytes(ByteBuffer message, CkksParameters parameters) {
    WireFormat.Parsed parsed = WireFormat.read(message, parameters, WireFormat.KIND_CIPHERTEXT);
    return new Ciphertext(
        parameters, parsed.header(), message.slice(), parsed.residues(), UNSEEDED);
  }

  /** The ciphertext as other parties read it. A copy. */
  public byte[] toBytes() {
    byte[] copy = new byte[message.remaining()];
    message.get(message.position(), copy);
    return copy;
  }

  /** The same, not a copy where it has an array of its own; never to be changed. */
  public byte[] sharedBytes() {
    boolean whole = message.arrayOffset() == 0 && message.remaining() == message.array().length;
    return whole ? message.array() : toBytes();
  }

  /**
   * Seeds of its second components, [chunk][modulus], where it was made here and has some; never to
   * be changed. See {@link PackedCiphertext}.
   */
  public byte[] sharedSeeds() {
    return seeds;
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

  /** The residues themselves, not a copy; never to be changed. */
  public Residues sharedResidues() {
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
