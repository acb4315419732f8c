package io.dualgrid.qp;

/** A backend that sets up workspaces. Thread safe. */
public interface QpSolverFactory {
  /** Short name as on the command line: native, osqp, java. */
  String name();

  /** Version of the library behind it. */
  String version();

  /**
   * Sets up a workspace and factorises.
   *
   * @throws QpException when the backend refuses the program; the message names it
   */
  QpSolver setup(QuadraticProgram program, QpSettings settings);
}
