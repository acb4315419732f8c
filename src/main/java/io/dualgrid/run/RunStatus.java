package io.dualgrid.run;

/** How a run ended. */
public enum RunStatus {
  /** The stopping rule holds. */
  CONVERGED,
  /** Out of iterations, or nothing moves any more; the notices say which. */
  NOT_CONVERGED,
  /** There is proof that no dispatch meets all limits; the notices say how. */
  INFEASIBLE,
  /** Ended from outside. */
  INTERRUPTED,
  /** A solver or party failed; the notices say how. */
  FAILED
}
