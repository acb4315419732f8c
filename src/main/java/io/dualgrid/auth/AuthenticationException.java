package io.dualgrid.auth;

/** Something is not from whom it claims to be, or not what they sent; the message says what. */
public final class AuthenticationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public AuthenticationException(String message) {
    super(message);
  }

  /** With the reason and its cause. */
  public AuthenticationException(String message, Throwable cause) {
    super(message, cause);
  }
}
