package io.dualgrid.keys;

/** Another party's public key gives no secret; the message says why. */
public final class KeyAgreementException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public KeyAgreementException(String message) {
    super(message);
  }
}
