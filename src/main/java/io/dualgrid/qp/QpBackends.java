package io.dualgrid.qp;

import io.dualgrid.backend.Backends;
import io.dualgrid.natives.NativeLibraryException;
import java.util.List;
import java.util.function.Predicate;

/** The backends of quadratic programs that are on the class path. */
public final class QpBackends {
  private static final Backends<QpSolverFactory> BACKENDS =
      Backends.load(QpSolverFactory.class, "quadratic programs");

  /** Interior points take 10 to 50; more are a sign of rounding. */
  private static final int BOUNDING_ITERATIONS = 200;

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

  /**
   * A workspace for single accurate solves with a lower bound each, of the preferred backend whose
   * results carry one ({@link QpResult#dualObjective()}).
   *
   * @param tolerance absolute and relative
   */
  public static QpSolver bounding(QuadraticProgram program, double tolerance) {
    return capableOf(QpCapabilities::dualObjective)
        .setup(program, new QpSettings(tolerance, tolerance, BOUNDING_ITERATIONS));
  }

  /** The preferred backend of those that can be had and do what is asked for. */
  public static QpSolverFactory capableOf(Predicate<QpCapabilities> wanted) {
    return BACKENDS.best(backend -> wanted.test(backend.capabilities()));
  }
}
