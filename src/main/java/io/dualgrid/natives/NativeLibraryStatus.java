package io.dualgrid.natives;

/**
 * Where a native library was loaded from, or why it is missing.
 *
 * @param name short name, as in dualgrid_NAME
 * @param version of the library behind the binding, empty when missing
 * @param origin path or jar entry it came from, empty when missing
 * @param failure why it is missing, empty when available
 */
public record NativeLibraryStatus(String name, String version, String origin, String failure) {
  /** Whether it can be used. */
  public boolean available() {
    return failure.isEmpty();
  }
}
