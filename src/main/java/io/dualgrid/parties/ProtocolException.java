package io.dualgrid.parties;

/** A party received what the protocol does not allow; the message names the line or node. */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public ProtocolException(String message) {
    super(message);
  }
}
