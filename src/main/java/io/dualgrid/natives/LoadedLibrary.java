package io.dualgrid.natives;

/**
 * The outcome of loading one native library: the library, or the reason it is missing.
 *
 * @param <T> the class that names its functions
 */
public final class LoadedLibrary<T> {
  private final NativeLibraryStatus status;
  private final T functions;
  private final Throwable cause;

  private LoadedLibrary(NativeLibraryStatus status, T functions, Throwable cause) {
    this.status = status;
    this.functions = functions;
    this.cause = cause;
  }

  static <T> LoadedLibrary<T> of(NativeLibraryStatus status, T functions) {
    return new LoadedLibrary<>(status, functions, null);
  }

  static <T> LoadedLibrary<T> missing(String name, String failure, Throwable cause) {
    return new LoadedLibrary<>(new NativeLibraryStatus(name, "", "", failure), null, cause);
  }

  /** Version, origin, or the failure. */
  public NativeLibraryStatus status() {
    return status;
  }

  /** Whether it can be used. */
  public boolean available() {
    return status.available();
  }

  /**
   * The functions of the library.
   *
   * @throws NativeLibraryException when it is missing, with the reason
   */
  public T functions() {
    if (functions == null) {
      throw new NativeLibraryException(status, cause);
    }
    return functions;
  }
}
