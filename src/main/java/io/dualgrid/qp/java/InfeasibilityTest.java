package io.dualgrid.qp.java;

/**
 * Looks for proofs of infeasibility in the steps between multiplier updates: where a program has no
 * solution, the steps tend to a direction that proves it (Banjac, Goulart, Stellato and Boyd,
 * "Infeasibility detection in the alternating direction method of multipliers for convex
 * optimization", J. Optim. Theory Appl. 183, 2019; the conditions are those of section 3.1).
 */
final class InfeasibilityTest {
  /** How well the conditions must hold, for a direction of length 1 in the program's own units. */
  private static final double TOLERANCE = 1e-6;

  // The steps of a program that has a solution shrink; those of one that has none do not.
  private static final double SHRINKING = 0.9;

  private final ScaledProgram program;
  private final double[] rows;
  private final double[] columns;
  private double multiplierLength;
  private double variableLength;

  InfeasibilityTest(ScaledProgram program) {
    this.program = program;
    rows = new double[program.m];
    columns = new double[program.n];
  }

  /** Forgets earlier steps. */
  void start() {
    multiplierLength = Double.POSITIVE_INFINITY;
    variableLength = Double.POSITIVE_INFINITY;
  }

  /**
   * Whether a step of the multipliers proves that no point meets the constraints: Aᵀd = 0 and Σ u
   * max(d, 0) + l min(d, 0) &lt; 0.
   *
   * @param step scaled, length m, overwritten
   * @param certificate length m; the direction in the program's own units, when true
   */
  boolean provesPrimal(double[] step, double[] certificate) {
    for (int i = 0; i < program.m; i++) {
      if (Double.isInfinite(step[i] > 0 ? program.upper[i] : program.lower[i])) {
        step[i] = 0.0;
      }
    }
    program.unscaleMultipliers(step, certificate);
    double length = norm(certificate, program.m);
    boolean shrinks = !(length > SHRINKING * multiplierLength);
    multiplierLength = length;
    if (shrinks || length == 0.0) {
      return false;
    }
    // In scaled terms ū d̄ = c · u d, and D⁻¹(Āᵀ d̄) = c · Aᵀd.
    double support = 0.0;
    for (int i = 0; i < program.m; i++) {
      if (step[i] != 0.0) {
        double bound = step[i] > 0 ? program.upper[i] : program.lower[i];
        support += program.plainObjective(bound * step[i]);
      }
      certificate[i] /= length;
    }
    if (!(support < -TOLERANCE * length)) {
      return false;
    }
    program.multiplyTransposed(step, columns);
    for (int j = 0; j < program.n; j++) {
      if (Math.abs(program.plainGradient(j, columns[j])) > TOLERANCE * length) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a step of the variables proves that the objective has no lower bound: Pd = 0, qᵀd &lt;
   * 0, and Ad in the recession cone of the constraints.
   *
   * @param step scaled, length at least n
   * @param certificate length n; the direction in the program's own units, when true
   */
  boolean provesDual(double[] step, double[] certificate) {
    program.unscaleVariables(step, certificate);
    double length = norm(certificate, program.n);
    boolean shrinks = !(length > SHRINKING * variableLength);
    variableLength = length;
    if (shrinks || length == 0.0) {
      return false;
    }
    double decrease = 0.0;
    for (int j = 0; j < program.n; j++) {
      decrease += program.plainObjective(program.q[j] * step[j]);
      certificate[j] /= length;
    }
    if (!(decrease < -TOLERANCE * length)) {
      return false;
    }
    program.multiplyP(step, columns);
    for (int j = 0; j < program.n; j++) {
      if (Math.abs(program.plainGradient(j, columns[j])) > TOLERANCE * length) {
        return false;
      }
    }
    program.multiplyA(step, rows);
    for (int i = 0; i < program.m; i++) {
      double moved = program.plainActivity(i, rows[i]);
      if (moved > TOLERANCE * length && !Double.isInfinite(program.upper[i])
          || moved < -TOLERANCE * length && !Double.isInfinite(program.lower[i])) {
        return false;
      }
    }
    return true;
  }

  private static double norm(double[] values, int count) {
    double largest = 0.0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }
}
