package io.dualgrid.qp.java;

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
 * <p>With multipliers y, a penalty ρ and a centre x̂, the subproblem is to minimise over x
 *
 * <pre>
 *   ½ xᵀPx + qᵀx + σ/2 ‖x − x̂‖² + ρ/2 · dist²(Ax + y/ρ, [l, u])
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

  /** Or to this part of the terms that make up the gradient. */
  private static final double ROUNDING = 1e-14;

  /**
   * A Newton step on the active set that remains should end the subproblem; where several leave
   * more than this part of the least gradient there was, rounding does.
   */
  private static final double STALLED = 0.5;

  private static final int MOST_VAIN_STEPS = 4;

  /** After so many iterations that did not halve the residuals, rounding is in the way. */
  private static final int MOST_IDLE_ITERATIONS = 1000;

  /** Multiplier steps within this part of one another's direction are taken for a straight line. */
  private static final double STRAIGHT = 0.1;

  private final String name;
  private final ScaledProgram program;
  private final int n;
  private final int m;
  private final double sigma;
  private final double rho;
  private final double inverseRho;
  private final KktMatrix kkt;
  private final LineSearch lineSearch;
  private final InfeasibilityTest infeasibility;
  private final QpSettings settings;
  private boolean closed;

  // The iterate, scaled.
  private final double[] x;
  private final double[] y;
  private final double[] centre;
  private final double[] ax;
  private final double[] px;
  private boolean fresh; // ax and px are products of x, not sums over the steps to it

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
  private final double[] lastMultiplierStep; // length m; 0 when there was none

  private final double[] resultX;
  private final double[] resultY;

  PureQpSolver(QuadraticProgram given, QpSettings settings, PureTuning tuning) {
    name = given.name();
    program = new ScaledProgram(given);
    n = program.n;
    m = program.m;
    this.settings = settings;
    sigma = tuning.sigma();
    rho = tuning.rho();
    inverseRho = 1.0 / rho;
    x = new double[n];
    y = new double[m];
    centre = new double[n];
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
    lastMultiplierStep = new double[m];
    resultX = new double[n];
    resultY = new double[m];
    kkt = new KktMatrix(program, sigma, rho);
    lineSearch = new LineSearch(program, rho);
    infeasibility = new InfeasibilityTest(program);
    reset();
  }

  private void reset() {
    if (!kkt.reset()) {
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
  public void warmStart(double[] startX, double[] startY) {
    requireOpen();
    QpArguments.requireFinite(name, "x", startX, n);
    QpArguments.requireFinite(name, "y", startY, m);
    program.scaleVariables(startX, x);
    program.scaleMultipliers(startY, y);
  }

  @Override
  public QpResult solve() {
    requireOpen();
    System.arraycopy(x, 0, centre, 0, n);
    Arrays.fill(lastMultiplierStep, 0.0);
    infeasibility.start();
    refresh();
    QpStatus status = null;
    int iterations = 0;
    int vainSteps = 0;
    int idleIterations = 0;
    double best = Double.POSITIVE_INFINITY;
    double leastNorm = Double.POSITIVE_INFINITY; // on these active rows, since the last multipliers
    while (status == null) {
      evaluate();
      double rowTolerance = settings.absoluteTolerance() + settings.relativeTolerance() * rowScale;
      double dualTolerance =
          settings.absoluteTolerance() + settings.relativeTolerance() * dualScale;
      if (rowResidual <= rowTolerance && dualResidual <= dualTolerance) {
        if (fresh) {
          status = QpStatus.SOLVED;
        } else {
          refresh();
        }
        continue;
      }
      double worst = Math.max(rowResidual / rowTolerance, dualResidual / dualTolerance);
      idleIterations = worst < 0.5 * best ? 0 : idleIterations + 1;
      best = Math.min(best, worst);
      if (iterations == settings.maxIterations() || idleIterations == MOST_IDLE_ITERATIONS) {
        status = QpStatus.ITERATION_LIMIT;
        continue;
      }
      iterations++;
      boolean same = sameRows();
      vainSteps = same && !(gradientNorm < STALLED * leastNorm) ? vainSteps + 1 : 0;
      leastNorm = same ? Math.min(leastNorm, gradientNorm) : gradientNorm;
      double enough = Math.max(INNER_PART * dualTolerance, ROUNDING * dualScale);
      if (gradientNorm <= enough || vainSteps == MOST_VAIN_STEPS) {
        status = multiplierStep();
        vainSteps = 0;
        leastNorm = Double.POSITIVE_INFINITY;
      } else {
        newtonStep();
      }
    }
    return result(status, iterations);
  }

  /** Products of x, free of the rounding that adds up from step to step. */
  private void refresh() {
    program.multiplyA(x, ax);
    program.multiplyP(x, px);
    fresh = true;
  }

  /** Everything that follows from x and y; norms in the program's own units. */
  private void evaluate() {
    double residual = 0.0;
    double scale = 0.0;
    for (int i = 0; i < m; i++) {
      double activity = ax[i];
      double s = activity + y[i] * inverseRho;
      double z = Math.max(program.lower[i], Math.min(program.upper[i], s));
      shifted[i] = s;
      projected[i] = z;
      multipliers[i] = rho * (s - z);
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

  private boolean isActive(int row) {
    return program.equality[row] || shifted[row] != projected[row];
  }

  /** Whether the active rows are those of the last Newton step. */
  private boolean sameRows() {
    for (int i = 0; i < m; i++) {
      if (isActive(i) != kkt.isActive(i)) {
        return false;
      }
    }
    return true;
  }

  /** One Newton step on the subproblem. */
  private void newtonStep() {
    for (int i = 0; i < m; i++) {
      boolean active = isActive(i);
      if (active != kkt.isActive(i)) {
        if (active) {
          kkt.activate(i);
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
    fresh = false;
  }

  /** Takes the new multipliers and centre; null, or the infeasibility that the steps prove. */
  private QpStatus multiplierStep() {
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
    double further = extrapolation();
    for (int i = 0; i < m; i++) {
      double change = multipliers[i] - y[i];
      lastMultiplierStep[i] = further > 0.0 ? 0.0 : change;
      y[i] = multipliers[i] == 0.0 ? 0.0 : multipliers[i] + further * change;
    }
    System.arraycopy(x, 0, centre, 0, n);
    return null;
  }

  /**
   * How many more multiplier steps like this one may be taken at once. Where rows are nearly
   * dependent the multipliers go a long way in small equal steps, until one of them reaches zero
   * and its row lets go; or they approach their limit at a constant rate. Both are foreseen from
   * two steps in one direction: up to the limit of the geometric series, but no multiplier beyond
   * zero.
   *
   * @return at least 1, or 0 for none
   */
  private double extrapolation() {
    double lastSquare = 0.0;
    double product = 0.0;
    double square = 0.0;
    for (int i = 0; i < m; i++) {
      double change = multipliers[i] - y[i];
      lastSquare += lastMultiplierStep[i] * lastMultiplierStep[i];
      product += change * lastMultiplierStep[i];
      square += change * change;
    }
    // With r the rate that brings r times the last step closest to this one, the squared distance
    // of the two is |d|² − (d·d')²/|d'|².
    if (!(product > 0.0)
        || square - product * product / lastSquare > STRAIGHT * STRAIGHT * square) {
      return 0.0;
    }
    double rate = product / lastSquare;
    double further = rate < 1.0 ? rate / (1.0 - rate) : Double.POSITIVE_INFINITY;
    for (int i = 0; i < m; i++) {
      double change = multipliers[i] - y[i];
      if (!program.equality[i] && change * multipliers[i] < 0.0) {
        further = Math.min(further, -multipliers[i] / change);
      }
    }
    return further >= 1.0 && further < Double.POSITIVE_INFINITY ? further : 0.0;
  }

  private QpResult result(QpStatus status, int iterations) {
    switch (status) {
      case PRIMAL_INFEASIBLE -> Arrays.fill(resultX, 0.0);
      case DUAL_INFEASIBLE -> Arrays.fill(resultY, 0.0);
      default -> {
        System.arraycopy(multipliers, 0, y, 0, m);
        program.unscaleVariables(x, resultX);
        program.unscaleMultipliers(y, resultY);
        QpStatus given = status;
        if (!isFinite(resultX)
            || !isFinite(resultY)
            || status == QpStatus.ITERATION_LIMIT && !isFinite()) {
          startFromNothing();
          given = QpStatus.ITERATION_LIMIT;
        }
        return new QpResult(given, resultX, resultY, iterations, message(given, iterations));
      }
    }
    startFromNothing();
    return new QpResult(status, resultX, resultY, iterations, message(status, iterations));
  }

  /** Whether all terms of the residuals are; programs of huge numbers overflow. */
  private boolean isFinite() {
    return isFinite(ax) && isFinite(multipliers) && isFinite(px) && isFinite(transposed);
  }

  private static boolean isFinite(double[] values) {
    double zero = 0.0;
    for (double value : values) {
      zero += 0.0 * value;
    }
    return zero == 0.0;
  }

  /** So does the next solve, rather than from far out on the way to infinity. */
  private void startFromNothing() {
    Arrays.fill(x, 0.0);
    Arrays.fill(y, 0.0);
  }

  private String message(QpStatus status, int iterations) {
    return switch (status) {
      case ITERATION_LIMIT ->
          String.format(
              Locale.ROOT,
              "%s: not solved within %d iterations; row violation %.1e, dual residual %.1e",
              name,
              iterations,
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
