package io.dualgrid.qp.dense;

import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpStatus;

/**
 * A workspace for min ½ yᵀHy + cᵀy, l ≤ Gy ≤ u with dense H and G, solved many times with another
 * c.
 *
 * <p>Proximal augmented Lagrangian method with semismooth Newton steps (Hermans, Themelis and
 * Patrinos, "QPALM: a proximal augmented Lagrangian method for nonconvex quadratic programs", Math.
 * Prog. Comp. 14, 2022; Bambade et al., "ProxQP", RSS 2022). Outer step: minimise the Lagrangian
 * with penalty σ on the rows and a proximal weight δ around the last solution, then move
 * multipliers and centre. Inner step: Newton on a piecewise quadratic function with an exact line
 * search; its matrix H + δI + σ Σ gᵢgᵢᵀ over the active rows is kept as a Cholesky factor and
 * changed by one rank for each row that becomes active or inactive. Moved multipliers put many rows
 * out of action for a moment; in the first inner step these stay in the matrix and pull as if they
 * were active, since most come back. With few changes of the active set from one c to the next, a
 * solve takes a few steps of O(k² + mk) and reaches a residual near rounding. The proximal weight
 * is what copes with a merely semidefinite H, the penalty with dependent active rows.
 *
 * <p>Memory: 8·(2k² + 2mk) bytes. Not thread safe.
 */
final class JavaDenseSolver implements DenseSolver {
  private static final int MAX_OUTER = 60;
  private static final int MAX_INNER = 100;

  // Relative to the mean diagonal entry of H, rows having length 1.
  private static final double PROXIMAL = 1e-6;
  private static final double LEAST_PROXIMAL = 1e-8;
  private static final double PENALTY = 1e4;
  private static final double MAX_PENALTY = 1e5;

  private final int k;
  private final int m;
  private final double[] quadratic; // H, k by k
  private final double[] byRow; // G with rows of length 1, row after row
  private final double[] byColumn; // the same, column after column
  private final double[] rowScale; // row of the caller = row here · rowScale
  private final double[] lower;
  private final double[] upper;
  private final QpSettings settings;
  private double proximal;
  private final double leastProximal;
  private final double maxPenalty;
  private double penalty;

  private final double[] y;
  private final double[] multipliers;
  private final double[] activity; // G y
  private final double[] curvature; // H y
  private final double[] centre;
  private final double[] centreMultipliers;
  private final double[] gradient;
  private final double[] step;
  private final double[] stepActivity;
  private final double[] stepCurvature;
  private final boolean[] inFactor;
  private final boolean[] active;
  private final boolean[] above; // whether the bound that it was last beyond is the upper one
  private final UpdatableCholesky factor;
  private boolean factorValid;
  private final double[] resultX;
  private final double[] resultY;

  /** As {@link DenseSolverFactory#setup}. O(k² + mk). */
  JavaDenseSolver(
      int dimension,
      double[] quadratic,
      double[] rows,
      double[] lower,
      double[] upper,
      QpSettings settings) {
    k = dimension;
    m = lower.length;
    DenseArguments.require(k, quadratic, rows, lower, upper);
    this.quadratic = quadratic.clone();
    this.settings = settings;
    this.lower = new double[m];
    this.upper = new double[m];
    byRow = rows.clone();
    byColumn = new double[m * k];
    rowScale = new double[m];
    for (int i = 0; i < m; i++) {
      double norm = Math.sqrt(Dense.dot(byRow, i * k, byRow, i * k, k));
      rowScale[i] = norm > 0 ? norm : 1.0;
      Dense.scale(byRow, i * k, 1.0 / rowScale[i], k);
      this.lower[i] = lower[i] / rowScale[i];
      this.upper[i] = upper[i] / rowScale[i];
      for (int j = 0; j < k; j++) {
        byColumn[j * m + i] = byRow[i * k + j];
      }
    }
    double trace = 0.0;
    for (int j = 0; j < k; j++) {
      trace += quadratic[j * k + j];
    }
    double scale = trace > 0 ? trace / k : 1.0;
    proximal = PROXIMAL * scale;
    leastProximal = LEAST_PROXIMAL * scale;
    penalty = PENALTY * scale;
    maxPenalty = MAX_PENALTY * scale;
    y = new double[k];
    multipliers = new double[m];
    activity = new double[m];
    curvature = new double[k];
    centre = new double[k];
    centreMultipliers = new double[m];
    gradient = new double[k];
    step = new double[k];
    stepActivity = new double[m];
    stepCurvature = new double[k];
    inFactor = new boolean[m];
    active = new boolean[m];
    above = new boolean[m];
    factor = new UpdatableCholesky(k);
    resultX = new double[k];
    resultY = new double[m];
  }

  @Override
  public QpResult solve(double[] linear) {
    if (linear.length != k) {
      return result(QpStatus.ERROR, 0, "linear term of length " + linear.length + ", not " + k);
    }
    for (double value : linear) {
      if (!Double.isFinite(value)) {
        return result(QpStatus.ERROR, 0, "linear term is not finite");
      }
    }
    Dense.multiplyColumns(byColumn, m, k, y, activity);
    Dense.multiplyColumns(quadratic, k, k, y, curvature);
    int newtonSteps = 0;
    double lastPrimal = Double.POSITIVE_INFINITY;
    double lastDual = Double.POSITIVE_INFINITY;
    for (int outer = 0; outer < MAX_OUTER; outer++) {
      System.arraycopy(y, 0, centre, 0, k);
      System.arraycopy(multipliers, 0, centreMultipliers, 0, m);
      int spent = minimise(linear);
      if (spent < 0) {
        return result(QpStatus.ERROR, newtonSteps, "matrix is not positive definite");
      }
      newtonSteps += spent;
      double primal = primalResidual();
      double dual = dualResidual(linear);
      if (primal <= 1.0 && dual <= 1.0) {
        return result(QpStatus.SOLVED, newtonSteps, "");
      }
      if (newtonSteps >= settings.maxIterations()) {
        break;
      }
      if (primal > 1.0 && primal > 0.1 * lastPrimal && penalty < maxPenalty) {
        penalty *= 10;
        factorValid = false;
      }
      // A nearly flat direction moves by its gradient over the weight in each outer step.
      if (dual > 1.0 && dual > 0.3 * lastDual && proximal > leastProximal) {
        proximal = Math.max(0.1 * proximal, leastProximal);
        factorValid = false;
      }
      lastPrimal = primal;
      lastDual = dual;
    }
    return result(QpStatus.ITERATION_LIMIT, newtonSteps, "out of iterations");
  }

  /**
   * Newton steps on the augmented Lagrangian; returns their number, negative on failure.
   *
   * <p>A full step that leaves the active rows as they are ends in the exact minimum, but for
   * rounding; when the next one gains nothing, rounding is all that is left.
   */
  private int minimise(double[] linear) {
    double target = 0.1 * dualTolerance(linear);
    double last = Double.POSITIVE_INFINITY;
    for (int inner = 0; inner < MAX_INNER; inner++) {
      double size = evaluate(linear);
      if (size <= target) {
        return inner;
      }
      boolean mayLeave = inner > 0;
      int changes = countChanges(mayLeave);
      if (factorValid && changes == 0 && size > 0.5 * last) {
        return inner;
      }
      last = changes == 0 && mayLeave ? size : Double.POSITIVE_INFINITY;
      if (!updateFactor(changes, mayLeave)) {
        return -1;
      }
      findStep();
      Dense.multiplyColumns(byColumn, m, k, step, stepActivity);
      Dense.multiplyColumns(quadratic, k, k, step, stepCurvature);
      double length = lineSearch(linear);
      Dense.add(step, 0, length, y, 0, k);
      Dense.add(stepActivity, 0, length, activity, 0, m);
      Dense.add(stepCurvature, 0, length, curvature, 0, k);
    }
    evaluate(linear);
    return MAX_INNER;
  }

  private int countChanges(boolean mayLeave) {
    int changes = 0;
    for (int i = 0; i < m; i++) {
      if (active[i] != inFactor[i] && (active[i] || mayLeave)) {
        changes++;
      }
    }
    return changes;
  }

  /**
   * The step to the minimum that there would be if the rows of the factor, and no others, were
   * active. When multipliers have moved, some rows are not, for the moment: as if they were, they
   * pull beyond their bounds. Where that does not lead down, they are left out.
   */
  private void findStep() {
    boolean expected = false;
    for (int i = 0; i < m; i++) {
      boolean returns = inFactor[i] && !active[i];
      double bound = above[i] ? upper[i] : lower[i];
      double value = activity[i] + centreMultipliers[i] / penalty;
      stepActivity[i] = returns ? penalty * (value - bound) : 0.0;
      expected |= returns;
    }
    if (expected) {
      System.arraycopy(gradient, 0, step, 0, k);
      addRows(stepActivity, step);
      Dense.scale(step, 0, -1.0, k);
      factor.solve(step);
      if (Dense.dot(step, 0, gradient, 0, k) < 0) {
        return;
      }
    }
    for (int j = 0; j < k; j++) {
      step[j] = -gradient[j];
    }
    factor.solve(step);
  }

  /** Multipliers, active rows and gradient at y; returns the largest entry of the gradient. */
  private double evaluate(double[] linear) {
    for (int j = 0; j < k; j++) {
      gradient[j] = curvature[j] + linear[j] + proximal * (y[j] - centre[j]);
    }
    for (int i = 0; i < m; i++) {
      double value = activity[i] + centreMultipliers[i] / penalty;
      double excess = value > upper[i] ? value - upper[i] : Math.min(value - lower[i], 0.0);
      active[i] = excess != 0.0;
      above[i] = excess > 0.0 || (excess == 0.0 && above[i]);
      multipliers[i] = penalty * excess;
    }
    addRows(multipliers, gradient);
    return Dense.largest(gradient);
  }

  /** target += Gᵀ·weights, skipping zeros. */
  private void addRows(double[] weights, double[] target) {
    for (int i = 0; i < m; i++) {
      if (weights[i] != 0.0) {
        Dense.add(byRow, i * k, weights[i], target, 0, k);
      }
    }
  }

  private boolean updateFactor(int changes, boolean mayLeave) {
    if (factorValid && changes <= Math.max(4, k / 6)) {
      for (int i = 0; i < m && factorValid; i++) {
        if (active[i] && !inFactor[i]) {
          factorValid = factor.update(byRow, i * k, penalty);
          inFactor[i] = true;
        }
      }
      for (int i = 0; i < m && factorValid; i++) {
        if (mayLeave && !active[i] && inFactor[i]) {
          factorValid = factor.update(byRow, i * k, -penalty);
          inFactor[i] = false;
        }
      }
      if (factorValid) {
        return true;
      }
    }
    double[] triangle = factor.lowerTriangle();
    System.arraycopy(quadratic, 0, triangle, 0, k * k);
    for (int j = 0; j < k; j++) {
      triangle[j * k + j] += proximal;
    }
    for (int i = 0; i < m; i++) {
      inFactor[i] = active[i];
      if (active[i]) {
        for (int j = 0; j < k; j++) {
          Dense.add(byRow, i * k + j, penalty * byRow[i * k + j], triangle, j * k + j, k - j);
        }
      }
    }
    factorValid = factor.factorise();
    return factorValid;
  }

  /** Zero of the derivative along the step, which rises and is piecewise linear. */
  private double lineSearch(double[] linear) {
    double constant = 0.0;
    double slope = 0.0;
    for (int j = 0; j < k; j++) {
      constant += step[j] * (curvature[j] + linear[j] + proximal * (y[j] - centre[j]));
      slope += step[j] * (stepCurvature[j] + proximal * step[j]);
    }
    double low = 0.0;
    double high = Double.POSITIVE_INFINITY;
    double length = 1.0;
    double reference = 0.0;
    for (int tries = 0; tries < 60; tries++) {
      double derivative = constant + length * slope;
      double second = slope;
      for (int i = 0; i < m; i++) {
        double direction = stepActivity[i];
        double value = activity[i] + centreMultipliers[i] / penalty + length * direction;
        double excess = value > upper[i] ? value - upper[i] : Math.min(value - lower[i], 0.0);
        if (excess != 0.0) {
          derivative += penalty * excess * direction;
          second += penalty * direction * direction;
        }
      }
      if (tries == 0) {
        reference = Math.abs(constant) + Math.abs(derivative);
      }
      if (Math.abs(derivative) <= 1e-13 * reference || high - low <= 1e-15 * low) {
        return length;
      }
      if (derivative < 0) {
        low = length;
      } else {
        high = length;
      }
      double next = length - derivative / second;
      if (!(next > low && next < high)) {
        next = high == Double.POSITIVE_INFINITY ? 2 * length : 0.5 * (low + high);
      }
      length = next;
    }
    return length;
  }

  /** Largest distance of an active row from its bound or of any row outside, over tolerance. */
  private double primalResidual() {
    double worst = 0.0;
    for (int i = 0; i < m; i++) {
      double value = activity[i];
      double distance;
      double bound;
      if (multipliers[i] > 0) {
        bound = upper[i];
        distance = Math.abs(value - bound);
      } else if (multipliers[i] < 0) {
        bound = lower[i];
        distance = Math.abs(value - bound);
      } else {
        bound = value > upper[i] ? upper[i] : lower[i];
        distance = Math.max(Math.max(value - upper[i], lower[i] - value), 0.0);
      }
      double tolerance =
          settings.absoluteTolerance() / rowScale[i]
              + settings.relativeTolerance() * Math.abs(value);
      worst = Math.max(worst, distance / tolerance);
    }
    return worst;
  }

  private double dualTolerance(double[] linear) {
    return settings.absoluteTolerance()
        + settings.relativeTolerance() * Math.max(Dense.largest(linear), Dense.largest(curvature));
  }

  /** Largest entry of Hy + c + Gᵀλ, over tolerance; the gradient without its proximal part. */
  private double dualResidual(double[] linear) {
    double worst = 0.0;
    for (int j = 0; j < k; j++) {
      worst = Math.max(worst, Math.abs(gradient[j] - proximal * (y[j] - centre[j])));
    }
    return worst / dualTolerance(linear);
  }

  private QpResult result(QpStatus status, int iterations, String message) {
    System.arraycopy(y, 0, resultX, 0, k);
    for (int i = 0; i < m; i++) {
      resultY[i] = multipliers[i] / rowScale[i];
    }
    return new QpResult(status, resultX, resultY, iterations, message);
  }

  @Override
  public void start(double[] point, double[] rowMultipliers) {
    DenseArguments.requireStart(point, k, rowMultipliers, m);
    System.arraycopy(point, 0, y, 0, k);
    for (int i = 0; i < m; i++) {
      multipliers[i] = rowMultipliers[i] * rowScale[i];
    }
  }

  /** Overwrites what it was given. */
  @Override
  public void close() {
    java.util.Arrays.fill(quadratic, 0.0);
    java.util.Arrays.fill(byRow, 0.0);
    java.util.Arrays.fill(byColumn, 0.0);
    java.util.Arrays.fill(y, 0.0);
  }
}
