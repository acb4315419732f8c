package io.dualgrid.run;

/** How a run ended. */
public enum RunStatus {
  /** The stopping rule holds. */
  CONVERGED,
  /** Out of iterations. */
  NOT_CONVERGED,
  /** Ended from outside. */
  INTERRUPTED,
  /** A solver or party failed; the notices say how. */
  FAILED
}
