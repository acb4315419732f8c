package io.dualgrid.qp.dense;

import io.dualgrid.qp.QpResult;

/**
 * A workspace for min ½ yᵀHy + cᵀy, l ≤ Gy ≤ u with dense H (k by k) and G (m by k), solved many
 * times with another c.
 *
 * <p>Owns what it was set up with until {@link #close}. Not thread safe.
 */
public interface DenseSolver extends AutoCloseable {
  /**
   * Solves with a linear term, starting from the last solution.
   *
   * @param linear c, length k
   * @return solution and multipliers (of the rows as given) in buffers of this workspace, good
   *     until the next solve; iterations counts Newton steps. A linear term of another length or
   *     with an entry that is not finite gives the status ERROR.
   */
  QpResult solve(double[] linear);

  /**
   * Sets the start of the next solve; zero without it.
   *
   * @param point length k, finite; copied
   * @param rowMultipliers of the rows as given, length m, finite; copied
   * @throws IllegalArgumentException on another length, or a number that is not finite
   */
  void start(double[] point, double[] rowMultipliers);

  /** Overwrites the program and frees its memory. May be called again. */
  @Override
  void close();
}
