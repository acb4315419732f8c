package io.dualgrid.network.wire;

/** One side does not accept the other's certificate; a newer one may mend that. */
public final class DistrustException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DistrustException(String message) {
    super(message);
  }
}
