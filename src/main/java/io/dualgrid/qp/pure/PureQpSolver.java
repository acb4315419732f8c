package io.dualgrid.qp.pure;

import io.dualgrid.qp.QpArguments;
import io.dualgrid.qp.QpException;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import java.util.Arrays;
import java.util.Locale;

/**
 * A proximal method of multipliers whose subproblems a semismooth Newton method solves: Hermans,
 * Themelis and Patrinos, "QPALM: a proximal augmented Lagrangian method for nonconvex quadratic
 * programs", Math. Prog. Comp. 14 (2022); the proximal term is that of Rockafellar, "Augmented
 * Lagrangians and applications of the proximal point algorithm in convex programming", Math. Oper.
 * Res. 1 (1976).
 *
 * <p>With multipliers y, penalties ρ and a centre x̂, the subproblem is to minimise over x
 *
 * <pre>
 *   ½ xᵀPx + qᵀx + σ/2 ‖x − x̂‖² + Σ ρᵢ/2 · dist²((Ax + y/ρ)ᵢ, [lᵢ, uᵢ])
 * </pre>
 *
 * <p>which is strongly convex with a piecewise linear gradient. Rows outside their bounds are
 * active; Newton's step solves the {@link KktMatrix} of the active rows, and {@link LineSearch}
 * makes it descend. Then x̂ ← x and y ← ρ(s − z), with s = Ax + y/ρ and z its projection onto the
 * bounds. Such a y points out of the bounds at z by construction, so that Ax = z and Px + q + Aᵀy =
 * 0 are all that is left of the optimality conditions.
 *
 * <p>Where a sequence of programs differs in q alone, the active set is soon the same from one to
 * the next; the factors are then kept, and a solve is one or two substitutions.
 *
 * <p>A solve allocates nothing but its result.
 */
final class PureQpSolver implements QpSolver {
  /** Subproblems are solved to this part of the tolerance. */
  private static final double INNER_PART = 0.1;

  /** A Newton step that leaves more than this part of the gradient on a kept active set stalls. */
  private static final double STALLED = 0.5;

  /** A violation that is left above this part of what it was asks for a larger penalty. */
  private static final double ENOUGH = 0.1;

  private final String name;
  private final ScaledProgram program;
  private final int n;
  private final int m;
  private final PureTuning tuning;
  private final double sigma;
  private final KktMatrix kkt;
  private final LineSearch lineSearch;
  private final InfeasibilityTest infeasibility;
  private QpSettings settings;
  private boolean closed;

  // The iterate, scaled.
  private final double[] x;
  private final double[] y;
  private final double[] centre;
  private final double[] penalties;
  private final double[] ax;
  private final double[] px;

  // What follows from it, see evaluate().
  private final double[] shifted; // s = Ax + y/ρ
  private final double[] projected; // z
  private final double[] multipliers; // ρ(s − z)
  private final double[] transposed; // Aᵀ times them
  private final double[] gradient;
  private double gradientNorm;
  private double rowResidual;
  private double rowScale;
  private double dualResidual;
  private double dualScale;

  private final double[] step; // n variables, then m rows
  private final double[] aStep;
  private final double[] pStep;
  private final double[] violations; // at the last multiplier step

  private final double[] resultX;
  private final double[] resultY;

  PureQpSolver(QuadraticProgram given, QpSettings settings, PureTuning tuning) {
    name = given.name();
    program = new ScaledProgram(given);
    n = program.n;
    m = program.m;
    this.settings = settings;
    this.tuning = tuning;
    sigma = tuning.sigma();
    x = new double[n];
    y = new double[m];
    centre = new double[n];
    penalties = new double[m];
    ax = new double[m];
    px = new double[n];
    shifted = new double[m];
    projected = new double[m];
    multipliers = new double[m];
    transposed = new double[n];
    gradient = new double[n];
    step = new double[n + m];
    aStep = new double[m];
    pStep = new double[n];
    violations = new double[m];
    resultX = new double[n];
    resultY = new double[m];
    kkt = new KktMatrix(program);
    lineSearch = new LineSearch(program, penalties);
    infeasibility = new InfeasibilityTest(program);
    reset();
  }

  private void reset() {
    Arrays.fill(penalties, tuning.penalty());
    if (!kkt.reset(sigma)) {
      throw new QpException(name + ": P is not positive semidefinite");
    }
  }

  @Override
  public void updateLinear(double[] linear) {
    requireOpen();
    QpArguments.requireFinite(name, "linear", linear, n);
    program.updateLinear(linear);
  }

  @Override
  public void updateQuadraticDiagonal(double[] diagonal) {
    requireOpen();
    QpArguments.requireDiagonal(name, diagonal, n);
    program.unscaleVariables(x, resultX);
    program.unscaleMultipliers(y, resultY);
    program.updateDiagonal(diagonal);
    program.scaleVariables(resultX, x);
    program.scaleMultipliers(resultY, y);
    reset();
  }

  @Override
  public void updateBounds(double[] lower, double[] upper) {
    requireOpen();
    QpArguments.requireBounds(name, lower, upper, m);
    program.updateBounds(lower, upper);
  }

  @Override
  public void warmStart(double[] startX, double[] startY) {
    requireOpen();
    QpArguments.requireFinite(name, "x", startX, n);
    QpArguments.requireFinite(name, "y", startY, m);
    program.scaleVariables(startX, x);
    program.scaleMultipliers(startY, y);
  }

  @Override
  public void updateSettings(QpSettings newSettings) {
    requireOpen();
    settings = newSettings;
  }

  @Override
  public QpResult solve() {
    requireOpen();
    System.arraycopy(x, 0, centre, 0, n);
    program.multiplyA(x, ax);
    program.multiplyP(x, px);
    Arrays.fill(violations, Double.POSITIVE_INFINITY);
    infeasibility.start();
    QpStatus status = null;
    int iterations = 0;
    double previousNorm = Double.POSITIVE_INFINITY;
    boolean sameRows = false;
    while (status == null) {
      evaluate();
      double rowTolerance = settings.absoluteTolerance() + settings.relativeTolerance() * rowScale;
      double dualTolerance =
          settings.absoluteTolerance() + settings.relativeTolerance() * dualScale;
      if (rowResidual <= rowTolerance && dualResidual <= dualTolerance) {
        status = QpStatus.SOLVED;
      } else if (iterations == settings.maxIterations()) {
        status = QpStatus.ITERATION_LIMIT;
      } else {
        iterations++;
        boolean stalled = sameRows && !(gradientNorm < STALLED * previousNorm);
        previousNorm = gradientNorm;
        if (gradientNorm <= INNER_PART * dualTolerance || stalled) {
          status = multiplierStep(rowTolerance);
          previousNorm = Double.POSITIVE_INFINITY;
          sameRows = false;
        } else {
          sameRows = newtonStep();
        }
      }
    }
    return result(status, iterations);
  }

  /** Everything that follows from x and y; norms in the program's own units. */
  private void evaluate() {
    double residual = 0.0;
    double scale = 0.0;
    for (int i = 0; i < m; i++) {
      double activity = ax[i];
      double s = activity + y[i] / penalties[i];
      double z = Math.max(program.lower[i], Math.min(program.upper[i], s));
      shifted[i] = s;
      projected[i] = z;
      multipliers[i] = penalties[i] * (s - z);
      residual = Math.max(residual, Math.abs(program.plainActivity(i, activity - z)));
      scale = Math.max(scale, Math.abs(program.plainActivity(i, activity)));
      scale = Math.max(scale, Math.abs(program.plainActivity(i, z)));
    }
    rowResidual = residual;
    rowScale = scale;

    program.multiplyTransposed(multipliers, transposed);
    residual = 0.0;
    scale = 0.0;
    double norm = 0.0;
    for (int j = 0; j < n; j++) {
      double dual = px[j] + program.q[j] + transposed[j];
      double slope = dual + sigma * (x[j] - centre[j]);
      gradient[j] = slope;
      residual = Math.max(residual, Math.abs(program.plainGradient(j, dual)));
      norm = Math.max(norm, Math.abs(program.plainGradient(j, slope)));
      double largest =
          Math.max(Math.abs(px[j]), Math.max(Math.abs(program.q[j]), Math.abs(transposed[j])));
      scale = Math.max(scale, program.plainGradient(j, largest));
    }
    dualResidual = residual;
    dualScale = scale;
    gradientNorm = norm;
  }

  /**
   * One Newton step on the subproblem.
   *
   * @return whether the active rows are those of the step before
   */
  private boolean newtonStep() {
    boolean sameRows = true;
    for (int i = 0; i < m; i++) {
      boolean active = program.equality[i] || shifted[i] != projected[i];
      if (active != kkt.isActive(i)) {
        sameRows = false;
        if (active) {
          kkt.activate(i, penalties[i]);
        } else {
          kkt.deactivate(i);
        }
      }
    }
    kkt.factorise();
    for (int j = 0; j < n; j++) {
      step[j] = -gradient[j];
    }
    Arrays.fill(step, n, n + m, 0.0);
    kkt.solve(step);
    program.multiplyA(step, aStep);
    program.multiplyP(step, pStep);
    double linear = 0.0;
    double quadratic = 0.0;
    for (int j = 0; j < n; j++) {
      linear += step[j] * (px[j] + program.q[j] + sigma * (x[j] - centre[j]));
      quadratic += step[j] * (pStep[j] + sigma * step[j]);
    }
    double length = lineSearch.step(shifted, aStep, linear, quadratic);
    for (int j = 0; j < n; j++) {
      x[j] += length * step[j];
      px[j] += length * pStep[j];
    }
    for (int i = 0; i < m; i++) {
      ax[i] += length * aStep[i];
    }
    return sameRows;
  }

  /** Takes the new multipliers and centre; null, or the infeasibility that the steps prove. */
  private QpStatus multiplierStep(double rowTolerance) {
    for (int i = 0; i < m; i++) {
      aStep[i] = multipliers[i] - y[i];
    }
    if (infeasibility.provesPrimal(aStep, resultY)) {
      return QpStatus.PRIMAL_INFEASIBLE;
    }
    for (int j = 0; j < n; j++) {
      step[j] = x[j] - centre[j];
    }
    if (infeasibility.provesDual(step, resultX)) {
      return QpStatus.DUAL_INFEASIBLE;
    }
    System.arraycopy(multipliers, 0, y, 0, m);
    System.arraycopy(x, 0, centre, 0, n);
    for (int i = 0; i < m; i++) {
      double violation = Math.abs(program.plainActivity(i, ax[i] - projected[i]));
      if (violation > rowTolerance
          && violation > ENOUGH * violations[i]
          && penalties[i] < tuning.largestPenalty()) {
        penalties[i] = Math.min(tuning.largestPenalty(), tuning.growth() * penalties[i]);
        if (kkt.isActive(i)) {
          kkt.activate(i, penalties[i]);
        }
      }
      violations[i] = violation;
    }
    return null;
  }

  private QpResult result(QpStatus status, int iterations) {
    switch (status) {
      case PRIMAL_INFEASIBLE -> Arrays.fill(resultX, 0.0);
      case DUAL_INFEASIBLE -> Arrays.fill(resultY, 0.0);
      default -> {
        System.arraycopy(multipliers, 0, y, 0, m);
        program.unscaleVariables(x, resultX);
        program.unscaleMultipliers(y, resultY);
        return new QpResult(status, resultX, resultY, iterations, message(status));
      }
    }
    // The next solve starts from nothing rather than from far out on the way to infinity.
    Arrays.fill(x, 0.0);
    Arrays.fill(y, 0.0);
    return new QpResult(status, resultX, resultY, iterations, message(status));
  }

  private String message(QpStatus status) {
    return switch (status) {
      case ITERATION_LIMIT ->
          String.format(
              Locale.ROOT,
              "%s: not solved within %d iterations; row violation %.1e, dual residual %.1e",
              name,
              settings.maxIterations(),
              rowResidual,
              dualResidual);
      case PRIMAL_INFEASIBLE -> name + ": no point meets the constraints";
      case DUAL_INFEASIBLE -> name + ": the objective has no lower bound";
      default -> "";
    };
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(name + ": the solver is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
