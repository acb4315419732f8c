package io.dualgrid.parties;

/** The program of an energy system could not be solved; the message names the node. */
public final class SolveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public SolveException(String message) {
    super(message);
  }
}
