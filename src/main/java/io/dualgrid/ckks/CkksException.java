package io.dualgrid.ckks;

/** Something in the encryption layer was refused; {@link #reason()} says which check spoke. */
public final class CkksException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The check that refused. */
  public enum Reason {
    /** Not this wire format, or not a version or kind that is understood. */
    MALFORMED_HEADER,
    /** The number of bytes is not the one that the header calls for. */
    WRONG_LENGTH,
    /** The checksum does not match: bytes changed on the way. */
    CORRUPTED,
    /** Made under other parameters than the ones in force. */
    FOREIGN_PARAMETERS,
    /** A residue is not below its modulus. */
    RESIDUE_OUT_OF_RANGE,
    /** The second component is zero throughout: a plaintext in disguise. */
    NOT_ENCRYPTED,
    /** Encrypted under another key than the one at hand, by its label. */
    WRONG_KEY,
    /**
     * What came out of the decryption is no sum of permitted values: a wrong key or a changed body.
     */
    IMPLAUSIBLE_PLAINTEXT,
    /** A value is not finite, or beyond the bound of the parameters. */
    VALUE_OUT_OF_RANGE,
    /** More summands than the modulus has room for. */
    TOO_MANY_TERMS,
    /** Summands differ in key, scale or number of values. */
    MISMATCHED_OPERANDS,
    /** The operation needs a modulus or a scale that the parameters do not have. */
    UNSUPPORTED_BY_PARAMETERS,
    /** Parameters below 128-bit security. */
    INSECURE_PARAMETERS,
    /** The backend failed; the message carries its own words. */
    BACKEND_FAILURE
  }

  private final Reason reason;

  /** With the check that refused and what it saw. */
  public CkksException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** With the check that refused, what it saw, and the cause. */
  public CkksException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The check that refused. */
  public Reason reason() {
    return reason;
  }
}
