package io.dualgrid.network.pki;

/** Keys, requests or certificates that are missing, broken or somebody else's. */
public final class PkiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With file, reason and way out. */
  public PkiException(String message) {
    super(message);
  }

  /** The same with a cause. */
  public PkiException(String message, Throwable cause) {
    super(message, cause);
  }
}
