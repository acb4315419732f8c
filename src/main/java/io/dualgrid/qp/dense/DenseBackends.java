package io.dualgrid.qp.dense;

import io.dualgrid.backend.Backends;
import java.util.List;

/** The dense solvers that are on the class path. */
public final class DenseBackends {
  private static final Backends<DenseSolverFactory> BACKENDS =
      Backends.load(DenseSolverFactory.class, "dense programs");

  private DenseBackends() {}

  /** All of them; their libraries may be missing. */
  public static List<DenseSolverFactory> all() {
    return BACKENDS.all();
  }

  /**
   * The dense solver that goes with a backend of quadratic programs: its namesake where it can be
   * had, and the preferred one otherwise. All give the same answers to within their tolerance, so
   * unlike a backend that is asked for by its own name this one may be replaced; the summary tells
   * which it was.
   *
   * @param qpBackend a name of {@link io.dualgrid.qp.QpBackends}
   */
  public static DenseSolverFactory besides(String qpBackend) {
    for (DenseSolverFactory backend : BACKENDS.all()) {
      if (backend.name().equals(qpBackend) && backend.status().available()) {
        return backend;
      }
    }
    return BACKENDS.named(Backends.AUTO);
  }
}
