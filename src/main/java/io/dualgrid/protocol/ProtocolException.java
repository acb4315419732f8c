package io.dualgrid.protocol;

/** A message that the protocol does not allow here; the message says which and why. */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final AbortCode code;

  /** With the reason. */
  public ProtocolException(AbortCode code, String message) {
    super(message);
    this.code = code;
  }

  /** With the reason and its cause. */
  public ProtocolException(AbortCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What other parties are told. */
  public AbortCode code() {
    return code;
  }
}
