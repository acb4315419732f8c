package io.dualgrid.qp.osqp;

import io.dualgrid.qp.QpSettings;

/**
 * How OSQP goes about a solve, beside its tolerances; see Stellato et al., OSQP: an operator
 * splitting solver for quadratic programs, Math. Prog. Comp. 12 (2020), sections 3 to 5.
 *
 * <p>Nothing here depends on the clock, so a solve gives the same bits on every run: the penalty is
 * adapted after a fixed number of iterations.
 *
 * @param rho penalty at the start; positive
 * @param rhoInterval iterations between adaptations of the penalty; 0 for none
 * @param rhoTolerance factor by which the penalty must change to be worth a factorisation; at least
 *     1
 * @param sigma regularisation of P; positive
 * @param alpha over-relaxation; within (0, 2)
 * @param scaling passes of Ruiz equilibration; 0 for none
 * @param checkInterval iterations between tests for termination; positive
 * @param polish whether the guessed active set is solved for at the end
 */
record OsqpTuning(
    double rho,
    int rhoInterval,
    double rhoTolerance,
    double sigma,
    double alpha,
    int scaling,
    int checkInterval,
    boolean polish) {

  static final OsqpTuning DEFAULT = new OsqpTuning(0.1, 50, 5.0, 1e-6, 1.6, 10, 25, true);

  // Infeasible means that a direction proves it to this accuracy relative to its own length.
  private static final double INFEASIBILITY_TOLERANCE = 1e-6;

  /** The settings in the order of {@code enum dualgrid_osqp_setting}. */
  double[] toNative(QpSettings settings) {
    return new double[] {
      settings.absoluteTolerance(),
      settings.relativeTolerance(),
      INFEASIBILITY_TOLERANCE,
      settings.maxIterations(),
      checkInterval,
      rho,
      rhoInterval,
      rhoTolerance,
      sigma,
      alpha,
      scaling,
      polish ? 1.0 : 0.0
    };
  }
}
