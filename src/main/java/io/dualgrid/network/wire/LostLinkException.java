package io.dualgrid.network.wire;

/** The link to the operator is there no more, or could not be had yet; another may be. */
public final class LostLinkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostLinkException(String message) {
    super(message);
  }
}
