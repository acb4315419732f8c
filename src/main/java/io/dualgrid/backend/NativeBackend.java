package io.dualgrid.backend;

import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.natives.NativeLibraryStatus;

/** A backend that stands and falls with one native library. */
public interface NativeBackend extends Backend {
  /** The library, loaded by the first call, or the reason it is missing. Never throws. */
  LoadedLibrary<?> library();

  @Override
  default String version() {
    return status().version();
  }

  @Override
  default NativeLibraryStatus status() {
    return library().status();
  }

  @Override
  default void require() {
    library().functions();
  }
}
