package io.dualgrid.qp;

import io.dualgrid.backend.Backends;
import io.dualgrid.natives.NativeLibraryException;
import java.util.List;
import java.util.function.Predicate;

/** The backends of quadratic programs that are on the class path. */
public final class QpBackends {
  private static final Backends<QpSolverFactory> BACKENDS =
      Backends.load(QpSolverFactory.class, "quadratic programs");

  private QpBackends() {}

  /** All of them; their libraries may be missing. */
  public static List<QpSolverFactory> all() {
    return BACKENDS.all();
  }

  /** Every name that {@link #named} knows. */
  public static List<String> names() {
    return BACKENDS.names();
  }

  /**
   * The backend of a name; {@value Backends#AUTO} is the native one of our own where it can be had.
   *
   * @throws NativeLibraryException when its library is missing; the message says why
   * @throws IllegalArgumentException for a name there is no backend of
   */
  public static QpSolverFactory named(String name) {
    return BACKENDS.named(name);
  }

  /** The preferred backend of those that can be had and do what is asked for. */
  public static QpSolverFactory capableOf(Predicate<QpCapabilities> wanted) {
    return BACKENDS.best(backend -> wanted.test(backend.capabilities()));
  }
}
