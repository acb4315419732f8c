package io.dualgrid.network.wire;

/** A peer cannot be reached, is not who it should be, or does not keep to the protocol. */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what happened, for people. */
  public WireException(String message) {
    super(message);
  }

  /** The same with a cause. */
  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
