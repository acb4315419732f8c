package io.dualgrid.natives;

/** A native library was asked for that is missing; the message says why and what to do. */
public final class NativeLibraryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * For a library that could not be loaded.
   *
   * @param status of the library, not available
   * @param cause what went wrong, or null
   */
  public NativeLibraryException(NativeLibraryStatus status, Throwable cause) {
    super("native library " + status.name() + " is missing: " + status.failure(), cause);
  }
}
