package io.dualgrid.qp.dense;

import io.dualgrid.qp.QpSettings;

/** Sets up workspaces of one backend. Thread safe. */
public interface DenseSolverFactory {
  /** The name in summaries, such as {@code dense (java)}. */
  String name();

  /** The version of the library or program that does the work. */
  String version();

  /**
   * Copies, scales and sets up. O(k² + mk).
   *
   * @param dimension k
   * @param quadratic H, k by k, symmetric positive semidefinite
   * @param rows G, m by k, row after row
   * @param lower length m, perhaps negative infinity
   * @param upper length m, perhaps infinity
   * @param settings tolerances on the rows as given and on the gradient
   * @throws IllegalArgumentException when lengths disagree or a bound exceeds its opposite
   * @throws io.dualgrid.qp.QpException when memory runs out
   */
  DenseSolver setup(
      int dimension,
      double[] quadratic,
      double[] rows,
      double[] lower,
      double[] upper,
      QpSettings settings);
}
