package io.dualgrid.results;

/**
 * What was given as the results of a run, or as the folder for them, cannot be used as such; the
 * message names the file, the place and the way out.
 */
public final class ResultInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * With its cause.
   *
   * @param message for the user
   * @param cause what went wrong, or null
   */
  public ResultInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
