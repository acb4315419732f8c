package io.dualgrid.backend;

import io.dualgrid.natives.NativeLibraryException;
import io.dualgrid.natives.NativeLibraryStatus;

/**
 * One of several implementations of a service. It is named in {@code META-INF/services} and has a
 * public constructor without arguments, which does no work: a backend whose library is missing is
 * listed all the same, and tells why. Thread safe.
 */
public interface Backend {
  /** Short name as on the command line. */
  String name();

  /** Version of the library behind it, empty where that is missing. */
  String version();

  /** Of the backends that can be had, {@code auto} takes the one with the highest. */
  int precedence();

  /** Whether it can be used, or why not; loads what it needs to know that, and never throws. */
  default NativeLibraryStatus status() {
    return new NativeLibraryStatus(name(), version(), "", "");
  }

  /**
   * Makes sure that it can be used.
   *
   * @throws NativeLibraryException when its library is missing; the message says why
   */
  default void require() {
    // what is written in Java is always there
  }

  /** Version of what comes with the engine itself. */
  static String builtInVersion() {
    String version = Backend.class.getPackage().getImplementationVersion();
    return version == null ? "built-in" : version;
  }
}
