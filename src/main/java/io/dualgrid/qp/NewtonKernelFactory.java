package io.dualgrid.qp;

import io.dualgrid.backend.Backend;

/** A backend of coupled interior-point steps. Thread safe. */
public interface NewtonKernelFactory extends Backend {
  /**
   * Analyses.
   *
   * @param program its linear term is the cost, its quadratic term zero; not to be modified
   * @param coupled the coupled variables, all different
   * @throws QpException when the backend refuses the program; the message names it
   * @throws io.dualgrid.natives.NativeLibraryException when its library is missing
   */
  NewtonKernel setup(QuadraticProgram program, int[] coupled);
}
