package io.dualgrid.ckks;

import io.dualgrid.backend.Backends;
import io.dualgrid.natives.NativeLibraryException;
import java.util.List;

/**
 * The CKKS backends that are on the class path, each made once. All give the same security; one
 * that was asked for by name is never replaced by another.
 */
public final class CkksBackends {
  private static final Backends<CkksBackend> BACKENDS = Backends.load(CkksBackend.class, "CKKS");

  private CkksBackends() {}

  /** All of them; their libraries may be missing. */
  public static List<CkksBackend> all() {
    return BACKENDS.all();
  }

  /** What {@link #byName} takes. */
  public static List<String> names() {
    return BACKENDS.names();
  }

  /**
   * The backend of that name; {@value Backends#AUTO} is a native one where it can be had.
   *
   * @throws NativeLibraryException when its library is missing; the message says why
   * @throws IllegalArgumentException for an unknown name
   */
  public static CkksBackend byName(String name) {
    return BACKENDS.named(name);
  }
}
