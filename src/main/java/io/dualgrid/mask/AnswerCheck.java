package io.dualgrid.mask;

import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;

/**
 * The optimality conditions (Karush, Kuhn and Tucker) of a program, checked on an answer that may
 * be anything. A convex program needs no more: an answer that passes is optimal, whoever computed
 * it.
 *
 * <p>Not thread safe (buffers).
 */
public final class AnswerCheck {
  private final QuadraticProgram program;
  private final double tolerance;
  private final double[] activity;
  private final double[] gradient;
  private final double[] rowsTransposed;

  /**
   * For the rows of a program.
   *
   * @param tolerance of row violations in the units of the program, and of the gradient and of
   *     multipliers relative to the largest entry of the linear term (or 1, if that is larger)
   * @throws IllegalArgumentException when the tolerance is not positive
   */
  public AnswerCheck(QuadraticProgram program, double tolerance) {
    if (!(tolerance > 0)) {
      throw new IllegalArgumentException("tolerance must be positive, got " + tolerance);
    }
    this.program = program;
    this.tolerance = tolerance;
    activity = new double[program.rowCount()];
    gradient = new double[program.variableCount()];
    rowsTransposed = new double[program.variableCount()];
  }

  /**
   * Checks lᵢ ≤ (Ax)ᵢ ≤ uᵢ, Px + q + Aᵀy = 0, and that each positive yᵢ stands at its upper and
   * each negative one at its lower bound. O(entries).
   *
   * @param quadratic P as it now stands, upper triangle
   * @param linear q, length n
   * @param x solution, length n
   * @param y multipliers, length m
   * @return the first defect found, or {@link AnswerVerdict#ACCEPTED}
   */
  public AnswerVerdict check(SparseMatrix quadratic, double[] linear, double[] x, double[] y) {
    if (x.length != program.variableCount() || y.length != program.rowCount()) {
      return AnswerVerdict.TRUNCATED;
    }
    if (!isFinite(x) || !isFinite(y)) {
      return AnswerVerdict.NOT_FINITE;
    }
    program.constraints().multiply(x, activity);
    double priceScale = 1.0;
    for (double value : linear) {
      priceScale = Math.max(priceScale, Math.abs(value));
    }
    double[] lower = program.lower();
    double[] upper = program.upper();
    for (int i = 0; i < activity.length; i++) {
      if (!(activity[i] >= lower[i] - tolerance && activity[i] <= upper[i] + tolerance)) {
        return AnswerVerdict.INFEASIBLE;
      }
    }
    multiplySymmetric(quadratic, x, gradient);
    program.constraints().multiplyTransposed(y, rowsTransposed);
    for (int j = 0; j < gradient.length; j++) {
      double residual = gradient[j] + linear[j] + rowsTransposed[j];
      if (!(Math.abs(residual) <= tolerance * priceScale)) {
        return AnswerVerdict.NOT_STATIONARY;
      }
    }
    for (int i = 0; i < activity.length; i++) {
      double slack = y[i] > 0 ? upper[i] - activity[i] : activity[i] - lower[i];
      if (Math.abs(y[i]) > tolerance * priceScale && !(slack <= tolerance)) {
        return AnswerVerdict.NOT_COMPLEMENTARY;
      }
    }
    return AnswerVerdict.ACCEPTED;
  }

  static boolean isFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** product = P·x for P given by its upper triangle. */
  static void multiplySymmetric(SparseMatrix upperTriangle, double[] x, double[] product) {
    java.util.Arrays.fill(product, 0.0);
    int[] pointers = upperTriangle.columnPointers();
    for (int j = 0; j < x.length; j++) {
      for (int k = pointers[j]; k < pointers[j + 1]; k++) {
        int i = upperTriangle.rowIndices()[k];
        double value = upperTriangle.values()[k];
        product[i] += value * x[j];
        if (i != j) {
          product[j] += value * x[i];
        }
      }
    }
  }
}
