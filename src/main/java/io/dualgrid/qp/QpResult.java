package io.dualgrid.qp;

/**
 * The outcome of one solve.
 *
 * @param status how it ended
 * @param x primal solution, length n; a buffer owned by the solver and overwritten by its next
 *     solve
 * @param y multipliers of the rows, length m, positive at an active upper bound; same ownership
 * @param iterations spent
 * @param message names the program and says what went wrong, empty when solved
 * @param dualObjective −½ xᵀPx − Σᵢ (uᵢ max(yᵢ, 0) + lᵢ min(yᵢ, 0)) at the outcome, a lower bound
 *     on the optimum up to the dual residual; NaN from a backend that does not declare it ({@link
 *     QpCapabilities#dualObjective})
 */
public record QpResult(
    QpStatus status, double[] x, double[] y, int iterations, String message, double dualObjective) {

  /** Of a backend that gives no dual objective. */
  public QpResult(QpStatus status, double[] x, double[] y, int iterations, String message) {
    this(status, x, y, iterations, message, Double.NaN);
  }
}
