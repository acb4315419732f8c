package io.dualgrid.qp;

import io.dualgrid.backend.Backends;
import java.util.List;

/** The backends of coupled interior-point steps that are on the class path. */
public final class NewtonKernels {
  private static final Backends<NewtonKernelFactory> BACKENDS =
      Backends.load(NewtonKernelFactory.class, "coupled steps");

  private NewtonKernels() {}

  /** All of them; their libraries may be missing. */
  public static List<NewtonKernelFactory> all() {
    return BACKENDS.all();
  }

  /**
   * The backend that goes with one of quadratic programs: its namesake where it can be had, and the
   * preferred one otherwise. All give the same numbers, so unlike a backend that is asked for by
   * its own name this one may be replaced.
   *
   * @param qpBackend a name of {@link QpBackends}
   */
  public static NewtonKernelFactory besides(String qpBackend) {
    for (NewtonKernelFactory backend : BACKENDS.all()) {
      if (backend.name().equals(qpBackend) && backend.status().available()) {
        return backend;
      }
    }
    return BACKENDS.named(Backends.AUTO);
  }
}
