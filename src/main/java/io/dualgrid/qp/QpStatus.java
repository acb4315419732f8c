package io.dualgrid.qp;

/** How a solve ended. */
public enum QpStatus {
  /** Within the tolerances asked for. */
  SOLVED,
  /** Out of iterations; the last iterate is given and may still be of use. */
  ITERATION_LIMIT,
  /** No point meets the constraints. */
  PRIMAL_INFEASIBLE,
  /** The objective has no lower bound on the constraints. */
  DUAL_INFEASIBLE,
  /** The backend failed; {@link QpResult#message()} says how. */
  ERROR
}
