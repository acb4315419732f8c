package io.dualgrid.results;

/** Results cannot be written; the message names the place, the reason and the way out. */
public final class ResultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * With its cause.
   *
   * @param message for the user
   * @param cause what went wrong, or null
   */
  public ResultException(String message, Throwable cause) {
    super(message, cause);
  }
}
