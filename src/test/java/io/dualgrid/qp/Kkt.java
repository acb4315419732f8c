package io.dualgrid.qp;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The optimality conditions of a quadratic program, computed from its definition alone, independent
 * of any solver: Px + q + Aᵀy = 0, l ≤ Ax ≤ u, and y &gt; 0 only at the upper bound, y &lt; 0 only
 * at the lower one.
 *
 * @param rowViolation largest distance of Ax from [l, u]
 * @param dualResidual largest entry of |Px + q + Aᵀy|
 * @param complementarity largest distance of Ax from the bound that the sign of y says is active,
 *     over the rows whose multiplier is not negligible
 * @param supportGap Σ uᵢ max(yᵢ, 0) + lᵢ min(yᵢ, 0) − yᵀAx
 */
record Kkt(double rowViolation, double dualResidual, double complementarity, double supportGap) {

  static Kkt of(QuadraticProgram program, double[] x, double[] y) {
    int n = program.variableCount();
    int m = program.rowCount();
    double[] activity = new double[m];
    program.constraints().multiply(x, activity);
    double[] gradient = gradient(program, x);
    // A multiplier on a bound that is not there stands for nothing: what it contributes to
    // stationarity is an error.
    double[] usable = y.clone();
    for (int i = 0; i < m; i++) {
      if (Double.isInfinite(usable[i] > 0 ? program.upper()[i] : program.lower()[i])) {
        usable[i] = 0.0;
      }
    }
    double[] transposed = new double[n];
    program.constraints().multiplyTransposed(usable, transposed);
    double dual = 0.0;
    for (int j = 0; j < n; j++) {
      dual = Math.max(dual, Math.abs(gradient[j] + transposed[j]));
    }
    double violation = 0.0;
    double complementarity = 0.0;
    double gap = 0.0;
    for (int i = 0; i < m; i++) {
      double lower = program.lower()[i];
      double upper = program.upper()[i];
      violation = Math.max(violation, Math.max(lower - activity[i], activity[i] - upper));
      if (usable[i] != 0.0) {
        double bound = usable[i] > 0 ? upper : lower;
        gap += usable[i] * (bound - activity[i]);
        // |y| · distance matters, not the distance where y is nearly nothing.
        complementarity =
            Math.max(
                complementarity,
                Math.min(1.0, Math.abs(usable[i])) * Math.abs(bound - activity[i]));
      }
    }
    return new Kkt(violation, dual, complementarity, gap);
  }

  /** Px + q. */
  static double[] gradient(QuadraticProgram program, double[] x) {
    int n = program.variableCount();
    double[] gradient = program.linear().clone();
    int[] pointers = program.quadratic().columnPointers();
    for (int j = 0; j < n; j++) {
      for (int k = pointers[j]; k < pointers[j + 1]; k++) {
        int i = program.quadratic().rowIndices()[k];
        gradient[i] += program.quadratic().values()[k] * x[j];
        if (i != j) {
          gradient[j] += program.quadratic().values()[k] * x[i];
        }
      }
    }
    return gradient;
  }

  /**
   * Holds a result to the tolerances it was asked for: the two residuals within absolute + relative
   * · (largest term of the residual), complementarity as the row violation.
   */
  static void assertSolved(QuadraticProgram program, QpResult result, QpSettings settings) {
    assertThat(result.message()).isEmpty();
    assertThat(result.status()).isEqualTo(QpStatus.SOLVED);
    Kkt kkt = of(program, result.x(), result.y());
    double[] activity = new double[program.rowCount()];
    program.constraints().multiply(result.x(), activity);
    double rowTolerance =
        settings.absoluteTolerance() + settings.relativeTolerance() * norm(activity);
    double[] transposed = new double[program.variableCount()];
    program.constraints().multiplyTransposed(result.y(), transposed);
    double[] curvature = gradient(program, result.x());
    for (int j = 0; j < curvature.length; j++) {
      curvature[j] -= program.linear()[j];
    }
    double dualScale =
        Math.max(norm(curvature), Math.max(norm(transposed), norm(program.linear())));
    double dualTolerance = settings.absoluteTolerance() + settings.relativeTolerance() * dualScale;
    // The solver sums in another order and in scaled variables: rounding, of the size of the terms.
    double rounding = 1e-13 * (1 + norm(activity) + dualScale);
    assertThat(kkt.rowViolation).as("row violation").isLessThanOrEqualTo(rowTolerance + rounding);
    assertThat(kkt.dualResidual).as("dual residual").isLessThanOrEqualTo(dualTolerance + rounding);
    assertThat(kkt.complementarity)
        .as("complementarity")
        .isLessThanOrEqualTo(rowTolerance + rounding);
  }

  /**
   * Holds the objective of a result to the optimum f*, reached at x* with multipliers y*. By
   * convexity and weak duality −v‖y*‖₁ ≤ f(x) − f* ≤ r‖x − x*‖₁ + g, where v is the row violation,
   * r the dual residual and g the support gap of the result.
   */
  static void assertOptimal(
      QuadraticProgram program, QpResult result, double[] optimalX, double[] optimalY) {
    Kkt kkt = of(program, result.x(), result.y());
    double optimum = program.objective(optimalX);
    double distance = 0.0;
    for (int j = 0; j < optimalX.length; j++) {
      distance += Math.abs(result.x()[j] - optimalX[j]);
    }
    double multipliers = 0.0;
    for (double value : optimalY) {
      multipliers += Math.abs(value);
    }
    double rounding = 1e-13 * (1 + Math.abs(optimum) + norm(program.linear()) * distance);
    assertThat(program.objective(result.x()) - optimum)
        .isBetween(
            -kkt.rowViolation * multipliers - rounding,
            kkt.dualResidual * distance + Math.abs(kkt.supportGap) + rounding);
  }

  static double norm(double[] values) {
    double largest = 0.0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
