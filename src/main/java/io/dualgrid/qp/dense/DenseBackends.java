package io.dualgrid.qp.dense;

import io.dualgrid.qp.dense.jna.NativeDenseKernels;
import io.dualgrid.qp.dense.jna.NativeDenseSolverFactory;

/** Chooses the dense solver that goes with a backend of quadratic programs. */
public final class DenseBackends {
  private DenseBackends() {}

  /**
   * The dense solver in Java for {@code java}; for any other backend the native one, and Java where
   * it is missing. Both give the same answers to within their tolerance, so unlike a backend that
   * is asked for by its own name this one may be replaced; the summary tells which it was.
   *
   * @param qpBackend a name of {@link io.dualgrid.qp.QpBackends}
   */
  public static DenseSolverFactory besides(String qpBackend) {
    return nativeBesides(qpBackend) ? new NativeDenseSolverFactory() : new JavaDenseSolverFactory();
  }

  /** The kernels of the same choice. */
  public static DenseKernels kernelsBesides(String qpBackend) {
    return nativeBesides(qpBackend) ? new NativeDenseKernels() : new JavaDenseKernels();
  }

  private static boolean nativeBesides(String qpBackend) {
    return !qpBackend.equals("java") && NativeDenseSolverFactory.status().available();
  }
}
