package io.dualgrid.consensus;

/**
 * There is proof that no dispatch meets all limits, so that no figures of the run mean anything.
 */
public final class InfeasibleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the proof. */
  public InfeasibleException(String message) {
    super(message);
  }
}
