package io.dualgrid.qp;

/**
 * Makes workspaces for single accurate solves with a lower bound each ({@link
 * QpResult#dualObjective()}).
 *
 * @param backend whose results carry one
 */
public record BoundingSolvers(QpSolverFactory backend) {
  /** Interior points take 10 to 50; more are a sign of rounding. */
  private static final int MOST_ITERATIONS = 200;

  /** Those of the preferred backend. */
  public static BoundingSolvers preferred() {
    return new BoundingSolvers(QpBackends.capableOf(QpCapabilities::dualObjective));
  }

  /**
   * Those that go with the backend of local solves: where that one takes no native library, neither
   * do these, so that who asks for Java alone gets it.
   */
  public static BoundingSolvers besides(QpSolverFactory local) {
    return new BoundingSolvers(QpBackends.besides(local, QpCapabilities::dualObjective));
  }

  /**
   * A workspace.
   *
   * @param tolerance absolute and relative
   */
  public QpSolver setup(QuadraticProgram program, double tolerance) {
    return backend.setup(program, new QpSettings(tolerance, tolerance, MOST_ITERATIONS));
  }
}
