package io.dualgrid.cli;

/** Exit codes; part of what scripts rely on. */
final class ExitCode {
  /** Done; a run has converged. */
  static final int OK = 0;

  /** Anything that has no code of its own. */
  static final int FAILURE = 1;

  /** A wrong option, or a case with errors. */
  static final int BAD_INPUT = 2;

  /** Out of iterations, or no dispatch meets the limits. */
  static final int NOT_CONVERGED = 3;

  /** A backend that was asked for is missing. */
  static final int BACKEND_MISSING = 4;

  /** Ended by Ctrl-C: 128 + SIGINT, as shells count. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
