package io.dualgrid.qp;

import io.dualgrid.backend.Backends;
import io.dualgrid.natives.NativeLibraryException;
import java.util.List;
import java.util.function.Predicate;

/** The backends of quadratic programs that are on the class path. */
public final class QpBackends {
  private static final Backends<QpSolverFactory> BACKENDS =
      Backends.load(QpSolverFactory.class, "quadratic programs");

  private static final Backends<QpSolverFactory> LOCAL =
      BACKENDS.which(backend -> backend.capabilities().warmStart());

  private QpBackends() {}

  /** All of them; their libraries may be missing. */
  public static List<QpSolverFactory> all() {
    return BACKENDS.all();
  }

  /**
   * Every name that {@link #named} knows: the consensus solves its programs many times, so of those
   * that start warm.
   */
  public static List<String> names() {
    return LOCAL.names();
  }

  /**
   * The backend of a name; {@value Backends#AUTO} is the native one of our own where it can be had.
   *
   * @throws NativeLibraryException when its library is missing; the message says why
   * @throws IllegalArgumentException for a name there is no backend of that starts warm
   */
  public static QpSolverFactory named(String name) {
    return LOCAL.named(name);
  }

  /** The preferred backend of those that can be had and do what is asked for. */
  public static QpSolverFactory capableOf(Predicate<QpCapabilities> wanted) {
    return BACKENDS.best(backend -> wanted.test(backend.capabilities()));
  }

  /** As {@link #capableOf}, without a native library where another backend has none. */
  static QpSolverFactory besides(QpSolverFactory other, Predicate<QpCapabilities> wanted) {
    boolean builtIn = isBuiltIn(other);
    return BACKENDS.best(
        backend -> wanted.test(backend.capabilities()) && (!builtIn || isBuiltIn(backend)));
  }

  private static boolean isBuiltIn(QpSolverFactory backend) {
    return backend.status().origin().isEmpty();
  }
}
