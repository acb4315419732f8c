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
 */
public record QpResult(QpStatus status, double[] x, double[] y, int iterations, String message) {}
