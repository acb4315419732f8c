package io.dualgrid.qp.java;

/**
 * Minimises the augmented Lagrangian along a direction. Its derivative is continuous, increasing
 * and piecewise linear in the step, with a kink wherever a row meets or leaves a bound, so Newton's
 * method within a bracket finds the zero in a few steps.
 */
final class LineSearch {
  /** The derivative is brought down to this part of what it was at the start. */
  private static final double REDUCTION = 0.1;

  private static final int MOST_TRIALS = 60;

  private final ScaledProgram program;
  private final double rho;
  private double slope;

  LineSearch(ScaledProgram program, double rho) {
    this.program = program;
    this.rho = rho;
  }

  /**
   * The step.
   *
   * @param shifted Ax + y/ρ at the start, length m
   * @param direction A d, length m
   * @param linear derivative at the start of the part that is quadratic on the whole line
   * @param quadratic its curvature; positive
   * @return a positive step, or 0 when d is no direction of descent within rounding
   */
  double step(double[] shifted, double[] direction, double linear, double quadratic) {
    double start = derivative(0.0, shifted, direction, linear, quadratic);
    if (!(start < 0)) {
      return 0.0;
    }
    double enough = -REDUCTION * start;
    double low = 0.0;
    double high = Double.POSITIVE_INFINITY;
    double step = 1.0;
    for (int trial = 0; trial < MOST_TRIALS; trial++) {
      double value = derivative(step, shifted, direction, linear, quadratic);
      if (Math.abs(value) <= enough) {
        return step;
      }
      if (value < 0) {
        low = step;
      } else {
        high = step;
      }
      double next = step - value / slope;
      if (!(next > low && next < high)) {
        next = high == Double.POSITIVE_INFINITY ? 2 * step : 0.5 * (low + high);
        if (next == low || next == high) {
          break;
        }
      }
      step = next;
    }
    // At a kink that is steep beyond rounding. Past it the row that makes it is active, and the
    // next
    // direction can heed it.
    return high == Double.POSITIVE_INFINITY ? low : high;
  }

  private double derivative(
      double step, double[] shifted, double[] direction, double linear, double quadratic) {
    double[] lower = program.lower;
    double[] upper = program.upper;
    double value = linear + step * quadratic;
    double curvature = quadratic;
    for (int i = 0; i < program.m; i++) {
      double rate = direction[i];
      double activity = shifted[i] + step * rate;
      double outside =
          activity > upper[i]
              ? activity - upper[i]
              : activity < lower[i] ? activity - lower[i] : 0.0;
      if (outside != 0.0) {
        double weighted = rho * rate;
        value += weighted * outside;
        curvature += weighted * rate;
      }
    }
    slope = curvature;
    return value;
  }
}
