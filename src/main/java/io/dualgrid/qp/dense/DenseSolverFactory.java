package io.dualgrid.qp.dense;

import io.dualgrid.backend.Backend;
import io.dualgrid.qp.QpSettings;

/** A backend that sets up workspaces of dense programs. Thread safe. */
public interface DenseSolverFactory extends Backend {
  /**
   * Its products of dense matrices.
   *
   * @throws io.dualgrid.natives.NativeLibraryException when its library is missing
   */
  DenseKernels kernels();

  /**
   * Copies, scales and sets up. O(k² + mk).
   *
   * @param dimension k
   * @param quadratic H, k by k, symmetric positive semidefinite
   * @param rows G, m by k, row after row
   * @param lower length m, perhaps negative infinity
   * @param upper length m, perhaps infinity
   * @param settings tolerances on the rows as given and on the gradient
   * @throws IllegalArgumentException when lengths disagree, a bound exceeds its opposite or an
   *     entry is not finite
   * @throws io.dualgrid.qp.QpException when memory runs out
   * @throws io.dualgrid.natives.NativeLibraryException when its library is missing
   */
  DenseSolver setup(
      int dimension,
      double[] quadratic,
      double[] rows,
      double[] lower,
      double[] upper,
      QpSettings settings);
}
