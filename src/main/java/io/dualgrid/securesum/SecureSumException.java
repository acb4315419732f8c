package io.dualgrid.securesum;

/** A secure sum was refused or did not add up; the message says which party and why. */
public class SecureSumException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public SecureSumException(String message) {
    super(message);
  }

  /** With the reason and its cause. */
  public SecureSumException(String message, Throwable cause) {
    super(message, cause);
  }
}
