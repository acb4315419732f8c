package io.dualgrid.run;

/** A backend that was asked for cannot be had; the message says why. */
public final class BackendMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public BackendMissingException(String message) {
    super(message);
  }
}
