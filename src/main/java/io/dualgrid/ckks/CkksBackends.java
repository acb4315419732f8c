package io.dualgrid.ckks;

import io.dualgrid.ckks.java.JavaCkksBackend;
import io.dualgrid.ckks.seal.SealCkksBackend;
import io.dualgrid.natives.NativeLibraryException;
import java.util.List;

/**
 * The backends by name, each made once. Both give the same security; one that was asked for by name
 * is never replaced by another.
 */
public final class CkksBackends {
  /** Microsoft SEAL: the fast one. */
  public static final String SEAL = "seal";

  /** Java alone: the one that is always there. */
  public static final String JAVA = "java";

  /** SEAL where it is there, Java where it is not. */
  public static final String AUTO = "auto";

  private CkksBackends() {}

  private static final class JavaHolder {
    static final CkksBackend INSTANCE = new JavaCkksBackend();
  }

  private static CkksBackend seal;

  private static synchronized CkksBackend seal() {
    if (seal == null) {
      seal = new SealCkksBackend();
    }
    return seal;
  }

  /** What {@link #byName} takes. */
  public static List<String> names() {
    return List.of(AUTO, SEAL, JAVA);
  }

  /**
   * The backend of that name.
   *
   * @throws NativeLibraryException when SEAL was asked for and is missing; the message says why
   * @throws IllegalArgumentException for an unknown name
   */
  public static CkksBackend byName(String name) {
    return switch (name) {
      case SEAL -> seal();
      case JAVA -> JavaHolder.INSTANCE;
      case AUTO -> SealCkksBackend.status().available() ? seal() : JavaHolder.INSTANCE;
      default ->
          throw new IllegalArgumentException(
              "no CKKS backend '" + name + "'; use one of " + names());
    };
  }
}
