package io.dualgrid.checkpoint;

/**
 * A checkpoint or its key cannot be used; the message names the file, the reason and the way out.
 */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  public CheckpointException(String message) {
    super(message);
  }

  /** The same with its cause. */
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
