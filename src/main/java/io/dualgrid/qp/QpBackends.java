package io.dualgrid.qp;

import io.dualgrid.natives.NativeLibraryException;
import io.dualgrid.qp.java.PureQpSolverFactory;
import io.dualgrid.qp.nativeqp.NativeQpSolverFactory;
import io.dualgrid.qp.osqp.OsqpSolverFactory;
import java.util.List;

/** Chooses the backend of quadratic programs by its name. */
public final class QpBackends {
  /**
   * Every name that {@link #named} knows; auto is the native one of our own where it can be had.
   */
  public static final List<String> NAMES = List.of("auto", "native", "osqp", "java");

  private QpBackends() {}

  /**
   * The backend of a name.
   *
   * @throws NativeLibraryException for native or osqp when its library is missing; the message says
   *     why
   * @throws IllegalArgumentException for a name there is no backend of
   */
  public static QpSolverFactory named(String name) {
    return switch (name) {
      case "auto" -> byDefault();
      case "native" -> new NativeQpSolverFactory();
      case "osqp" -> new OsqpSolverFactory();
      case "java" -> new PureQpSolverFactory();
      default ->
          throw new IllegalArgumentException(
              "there is no backend of quadratic programs named \""
                  + name
                  + "\"; there are "
                  + String.join(", ", NAMES));
    };
  }

  private static QpSolverFactory byDefault() {
    return NativeQpSolverFactory.status().available()
        ? new NativeQpSolverFactory()
        : new PureQpSolverFactory();
  }
}
