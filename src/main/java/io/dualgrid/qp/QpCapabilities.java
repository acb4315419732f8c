package io.dualgrid.qp;

/**
 * What callers may count on from a backend; {@code QpSolverContractTest} holds it to that.
 *
 * @param warmStart whether a solve starts from the outcome of the last one, or from {@link
 *     QpSolver#warmStart}; otherwise each solve starts anew
 * @param ending how near its tolerance a solve ends
 * @param dualObjective whether results carry {@link QpResult#dualObjective()}
 */
public record QpCapabilities(boolean warmStart, Ending ending, boolean dualObjective) {

  /** How near its tolerance a solve ends. */
  public enum Ending {
    /**
     * Right at it, as first-order methods do: halving the tolerance halves the errors and costs
     * iterations.
     */
    AT_TOLERANCE,
    /**
     * Far below it, as Newton's method does with its last step: errors are rounding errors, of the
     * size of the terms, and a tolerance below those costs time for nothing.
     */
    BELOW_TOLERANCE
  }
}
