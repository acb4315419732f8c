package io.dualgrid.qp;

/**
 * A workspace for one quadratic program whose constraints stay while its objective changes: set up
 * once, then updated and solved many times. Each solve starts warm from the last one where the
 * backend declares so ({@link QpCapabilities#warmStart}). Not thread safe: one thread at a time,
 * any thread.
 */
public interface QpSolver extends AutoCloseable {

  /**
   * Replaces the linear term.
   *
   * @param linear length n, finite; copied
   * @throws IllegalArgumentException on a wrong length
   */
  void updateLinear(double[] linear);

  /**
   * Replaces the diagonal of P, and factorises again.
   *
   * @param diagonal length n, not negative; copied
   * @throws IllegalArgumentException on a wrong length
   */
  void updateQuadraticDiagonal(double[] diagonal);

  /**
   * Sets the start of the next solve; without effect where the backend declares no warm start.
   *
   * @param x length n
   * @param y length m
   */
  void warmStart(double[] x, double[] y);

  /** Solves; never throws for what the program itself causes, see {@link QpStatus}. */
  QpResult solve();

  /** Frees the workspace; a second call does nothing. Other calls afterwards fail. */
  @Override
  void close();
}
