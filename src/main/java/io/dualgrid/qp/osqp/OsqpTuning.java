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

  // Measured in iterations a solve on the programs of both bundled cases: 189 after 207 with an
  // interval of 50 and a factor of 5, at a tolerance of 1e-8.
  static final OsqpTuning DEFAULT = new OsqpTuning(0.1, 25, 2.0, 1e-6, 1.6, 10, 25, true);

  // At 1e-6: 77 a solve on the 6-bus case, where equilibration makes it 880 to 1080, since the
  // programs are per unit already and the penalties on voltages are far below those on flows.
  private static final OsqpTuning COARSE = new OsqpTuning(0.1, 10, 1.5, 1e-6, 1.6, 0, 10, false);
  private static final double ACCURATE = 1e-7;

  /** What suits a tolerance. */
  static OsqpTuning of(QpSettings settings) {
    return settings.absoluteTolerance() <= ACCURATE ? DEFAULT : COARSE;
  }

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
