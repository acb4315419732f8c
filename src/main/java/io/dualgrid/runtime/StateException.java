package io.dualgrid.runtime;

/** A state does not fit the parties that shall take it up; the message names the part. */
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what does not fit. */
  public StateException(String message) {
    super(message);
  }
}
