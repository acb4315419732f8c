package io.dualgrid.qp;

import io.dualgrid.backend.Backend;

/** A backend that sets up workspaces. Thread safe. */
public interface QpSolverFactory extends Backend {
  /** What callers may count on. */
  QpCapabilities capabilities();

  /**
   * Sets up a workspace and factorises.
   *
   * @throws QpException when the backend refuses the program; the message names it
   * @throws io.dualgrid.natives.NativeLibraryException when its library is missing
   */
  QpSolver setup(QuadraticProgram program, QpSettings settings);
}
