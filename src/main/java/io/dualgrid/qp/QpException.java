package io.dualgrid.qp;

/** A backend refused a program or failed outright; the message names the program. */
public final class QpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public QpException(String message) {
    super(message);
  }

  /** With the reason and its cause. */
  public QpException(String message, Throwable cause) {
    super(message, cause);
  }
}
