package io.dualgrid.qp.osqp;

import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;

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

  // Measured on the programs of both bundled cases. Adapting the penalty less often, or for more,
  // doubles the iterations of the published run on 6-bus. Polishing costs more than it saves, since
  // the guessed active set is seldom right before the solve has ended anyway.
  static final OsqpTuning EVEN = new OsqpTuning(0.1, 10, 1.5, 1e-6, 1.6, 0, 10, false);

  // With any equilibration the programs of the cases take two to ten times the iterations: they are
  // per unit, and only the penalties are uneven. Programs whose rows or columns differ need it.
  private static final OsqpTuning UNEVEN = new OsqpTuning(0.1, 100, 5.0, 1e-6, 1.6, 2, 25, false);

  private static final double EVEN_SPREAD = 20.0;

  /** What suits a program: equilibration where the rows or columns of A are of unlike size. */
  static OsqpTuning of(QuadraticProgram program) {
    SparseMatrix constraints = program.constraints();
    double[] rows = new double[constraints.rows()];
    double least = Double.POSITIVE_INFINITY;
    double most = 0.0;
    for (int j = 0; j < constraints.columns(); j++) {
      double column = 0.0;
      for (int k = constraints.columnPointers()[j]; k < constraints.columnPointers()[j + 1]; k++) {
        double size = Math.abs(constraints.values()[k]);
        int row = constraints.rowIndices()[k];
        rows[row] = Math.max(rows[row], size);
        column = Math.max(column, size);
      }
      if (column > 0.0) {
        least = Math.min(least, column);
        most = Math.max(most, column);
      }
    }
    for (double row : rows) {
      if (row > 0.0) {
        least = Math.min(least, row);
        most = Math.max(most, row);
      }
    }
    return most <= EVEN_SPREAD * least ? EVEN : UNEVEN;
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
