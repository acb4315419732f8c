package io.dualgrid.ckks;

import io.dualgrid.ckks.pure.JavaCkksBackend;
import java.util.List;

/** The backends by name, each made once. */
public final class CkksBackends {
  /** The backend that is always there. */
  public static final String JAVA = "java";

  private CkksBackends() {}

  private static final class JavaHolder {
    static final CkksBackend INSTANCE = new JavaCkksBackend();
  }

  /** What {@link #byName} takes, best first. */
  public static List<String> names() {
    return List.of(JAVA);
  }

  /**
   * The backend of that name.
   *
   * @throws IllegalArgumentException for an unknown name
   */
  public static CkksBackend byName(String name) {
    return switch (name) {
      case JAVA -> JavaHolder.INSTANCE;
      default ->
          throw new IllegalArgumentException(
              "no CKKS backend '" + name + "'; use one of " + names());
    };
  }
}
