package io.dualgrid.mask;

/** A program cannot be masked; the message names the program and the reason, never a value. */
public final class MaskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public MaskException(String message) {
    super(message);
  }
}
