package io.dualgrid.network.wire;

/** Another process holds the place of this site; it may be one that has just died. */
public final class PlaceTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PlaceTakenException(String message) {
    super(message);
  }
}
