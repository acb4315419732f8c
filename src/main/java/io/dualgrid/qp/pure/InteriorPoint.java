package io.dualgrid.qp.pure;

import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.util.Arrays;

/**
 * A primal-dual interior-point method for sparse convex quadratic programs (Mehrotra, "On the
 * implementation of a primal-dual interior point method", SIAM J. Optim. 2(4), 1992), for one
 * accurate solve where operator splitting would need many: the central optimum and the lower bound.
 *
 * <p>With s = Ax, multipliers y = z_u − z_l of the rows and Σ = z_l/(s − l) + z_u/(u − s), each
 * step solves [P + δ, Aᵀ; A, −(Σ⁻¹ + δ)] by a sparse LDLᵀ with iterative refinement; Σ⁻¹ = 0 on
 * equalities. The pattern is analysed once; further solves may change the linear term. Not thread
 * safe.
 */
public final class InteriorPoint {
  private static final double REGULARISATION = 1e-9;
  private static final int MAX_ITERATIONS = 200;
  private static final double TO_BOUNDARY = 0.995;

  private static final double LEAST_DISTANCE = 1e-15;

  private final QuadraticProgram program;
  private final FarkasProof farkas;
  private double tolerance;
  private final int n;
  private final int m;
  private final int kktSize;
  private final boolean[] equality;
  private final int[] kktRow; // row of the KKT system, −1 for an eliminated bound
  private final int[] boundVariable; // variable of an eliminated bound
  private final double[] boundCoefficient;
  private final SparseMatrix quadratic;
  private boolean hasQuadratic;
  private final double[] lower;
  private final double[] upper;
  private final double[] inverseSigma;
  private final SparseMatrix kkt;
  private final int[] diagonalOfX; // entry of kkt holding the diagonal of each variable
  private final int[] diagonalOfRow;
  private final double[] values;
  private final SparseLdl ldl;

  private final double[] x;
  private final double[] y;
  private final double[] s;
  private final double[] zl;
  private final double[] zu;
  private final double[] residualX;
  private final double[] residualRow;
  private final double[] rightHandSide;
  private final double[] direction;
  private final double[] correction;
  private final double[] rowStep; // dy
  private final double[] ds;
  private final double[] dzl;
  private final double[] dzu;
  private final double[] rowProduct;
  private final double[] columnProduct;

  /**
   * Analyses.
   *
   * @param tolerance on relative primal and dual residual and relative gap
   */
  public InteriorPoint(QuadraticProgram program, double tolerance) {
    this.program = program;
    this.farkas = new FarkasProof(program);
    this.tolerance = tolerance;
    n = program.variableCount();
    m = program.rowCount();
    lower = program.lower().clone();
    upper = program.upper().clone();
    inverseSigma = new double[m];
    equality = new boolean[m];
    kktRow = new int[m];
    boundVariable = new int[m];
    boundCoefficient = new double[m];
    SparseMatrix a = program.constraints();
    int[] entriesOfRow = new int[m];
    for (int j = 0; j < n; j++) {
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        int row = a.rowIndices()[k];
        entriesOfRow[row]++;
        boundVariable[row] = j;
        boundCoefficient[row] = a.values()[k];
      }
    }
    int next = n;
    for (int i = 0; i < m; i++) {
      equality[i] = lower[i] == upper[i];
      kktRow[i] = entriesOfRow[i] == 1 && !equality[i] ? -1 : next++;
    }
    kktSize = next;
    SparseMatrix.Builder builder = SparseMatrix.builder(kktSize, kktSize);
    quadratic =
        new SparseMatrix(
            n,
            n,
            program.quadratic().columnPointers(),
            program.quadratic().rowIndices(),
            program.quadratic().values().clone());
    for (int j = 0; j < n; j++) {
      for (int k = quadratic.columnPointers()[j]; k < quadratic.columnPointers()[j + 1]; k++) {
        builder.add(quadratic.rowIndices()[k], j, quadratic.values()[k]);
      }
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        if (kktRow[a.rowIndices()[k]] >= 0) {
          builder.add(j, kktRow[a.rowIndices()[k]], a.values()[k]);
        }
      }
    }
    for (int i = n; i < kktSize; i++) {
      builder.add(i, i, 0.0);
    }
    kkt = builder.build();
    diagonalOfX = new int[n];
    diagonalOfRow = new int[m];
    for (int j = 0; j < n; j++) {
      diagonalOfX[j] = kkt.columnPointers()[j + 1] - 1;
    }
    for (int i = 0; i < m; i++) {
      diagonalOfRow[i] = kktRow[i] < 0 ? -1 : kkt.columnPointers()[kktRow[i] + 1] - 1;
    }
    values = kkt.values().clone();
    ldl = new SparseLdl(kkt, n);
    noteQuadratic();
    x = new double[n];
    y = new double[m];
    s = new double[m];
    zl = new double[m];
    zu = new double[m];
    residualX = new double[n];
    residualRow = new double[m];
    rightHandSide = new double[kktSize];
    direction = new double[kktSize];
    correction = new double[kktSize];
    rowStep = new double[m];
    ds = new double[m];
    dzl = new double[m];
    dzu = new double[m];
    rowProduct = new double[m];
    columnProduct = new double[n];
  }

  /**
   * Solves. A program without a point is told by a proof that the multipliers give, see {@link
   * FarkasProof}.
   *
   * @param linear linear term to use in place of the program's, length n
   * @return the result; x and y are overwritten by the next solve
   */
  public QpResult solve(double[] linear) {
    start(linear);
    int bounds = 0;
    for (int i = 0; i < m; i++) {
      if (!equality[i]) {
        bounds += (lower[i] > Double.NEGATIVE_INFINITY ? 1 : 0) + (finite(upper[i]) ? 1 : 0);
      }
    }
    double linearScale = 1 + largest(linear);
    double primal = 0.0;
    double dual = 0.0;
    double gap = 0.0;
    for (int iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
      double mu = bounds == 0 ? 0.0 : complementarity() / bounds;
      residuals(linear);
      primal = largest(residualRow) / (1 + largest(s));
      dual = largest(residualX) / linearScale;
      double primalObjective = objective(linear);
      gap = Math.abs(primalObjective - dualObjective()) / (1 + Math.abs(primalObjective));

      if (primal <= tolerance && dual <= tolerance && gap <= tolerance) {
        return new QpResult(QpStatus.SOLVED, x, y, iteration - 1, "");
      }
      if (primal > tolerance && farkas.proves(y)) {
        return new QpResult(
            QpStatus.PRIMAL_INFEASIBLE,
            x,
            y,
            iteration - 1,
            program.name() + ": no point meets the constraints");
      }
      if (!(Math.abs(primalObjective) < 1e20) || !(largest(y) < 1e16)) {
        return new QpResult(
            QpStatus.ERROR, x, y, iteration, failure("diverged", primal, dual, gap));
      }
      factorise();
      // predictor: straight to complementarity zero
      step(0.0, false);
      double affinePrimal = stepLength(true);
      double affineDual = stepLength(false);
      double affineMu = bounds == 0 ? 0.0 : complementarityAfter(affinePrimal, affineDual) / bounds;
      double sigma = mu == 0 ? 0.0 : Math.pow(affineMu / mu, 3);
      // corrector: towards the centre, with the second-order term of the predictor
      step(sigma * mu, true);
      double primalStep = Math.min(1.0, TO_BOUNDARY * stepLength(true));
      double dualStep = Math.min(1.0, TO_BOUNDARY * stepLength(false));
      if (hasQuadratic) {
        primalStep = Math.min(primalStep, dualStep);
        dualStep = primalStep;
      }
      for (int j = 0; j < n; j++) {
        x[j] += primalStep * direction[j];
      }
      for (int i = 0; i < m; i++) {
        y[i] += dualStep * rowStep[i];
        if (!equality[i]) {
          s[i] = strictlyInside(s[i] + primalStep * ds[i], lower[i], upper[i]);
          zl[i] += dualStep * dzl[i];
          zu[i] += dualStep * dzu[i];
        }
      }
    }
    return new QpResult(
        QpStatus.ITERATION_LIMIT,
        x,
        y,
        MAX_ITERATIONS,
        failure("no convergence", primal, dual, gap));
  }

  /**
   * Replaces the diagonal of P.
   *
   * @param diagonal length n, not negative; copied
   */
  public void updateQuadraticDiagonal(double[] diagonal) {
    for (int j = 0; j < n; j++) {
      quadratic.values()[quadratic.columnPointers()[j + 1] - 1] = diagonal[j];
      kkt.values()[diagonalOfX[j]] = diagonal[j];
    }
    noteQuadratic();
  }

  /**
   * The dual objective at the last multipliers, −½ xᵀPx − Σ_i (u_i·y_i where y_i is positive, else
   * l_i·y_i): a lower bound on the optimum up to the dual residual.
   */
  public double dualObjective() {
    double value = 0.0;
    for (int i = 0; i < m; i++) {
      if (equality[i]) {
        value -= upper[i] * y[i];
      } else {
        if (lower[i] > Double.NEGATIVE_INFINITY) {
          value += lower[i] * zl[i];
        }
        if (finite(upper[i])) {
          value -= upper[i] * zu[i];
        }
      }
    }
    if (hasQuadratic) {
      quadraticProduct(x, columnProduct);
      for (int j = 0; j < n; j++) {
        value -= 0.5 * x[j] * columnProduct[j];
      }
    }
    return value;
  }

  private String failure(String what, double primal, double dual, double gap) {
    return String.format(
        java.util.Locale.ROOT,
        "%s: %s (primal residual %.1e, dual %.1e, gap %.1e)",
        program.name(),
        what,
        primal,
        dual,
        gap);
  }

  private void start(double[] linear) {
    Arrays.fill(x, 0.0);
    Arrays.fill(y, 0.0);
    for (int i = 0; i < m; i++) {
      s[i] = equality[i] ? upper[i] : 0.0;
      zl[i] = 0.0;
      zu[i] = 0.0;
    }
    // a point near the middle of the rows: P + I on x, unit weight on inequality rows
    System.arraycopy(kkt.values(), 0, values, 0, values.length);
    double scale = 1 + largest(linear);
    for (int j = 0; j < n; j++) {
      values[diagonalOfX[j]] += 1.0;
      direction[j] = -linear[j] / scale;
    }
    for (int i = 0; i < m; i++) {
      double target = equality[i] ? upper[i] : inside(0.0, lower[i], upper[i], 0.0);
      if (kktRow[i] < 0) {
        values[diagonalOfX[boundVariable[i]]] += boundCoefficient[i] * boundCoefficient[i];
        direction[boundVariable[i]] += boundCoefficient[i] * target;
      } else {
        values[diagonalOfRow[i]] = equality[i] ? -REGULARISATION : -1.0;
        direction[kktRow[i]] = target;
      }
    }
    ldl.factorise(values);
    ldl.solve(direction);
    System.arraycopy(direction, 0, x, 0, n);
    program.constraints().multiply(x, rowProduct);
    double multiplier = Math.max(1e-2, largest(linear));
    for (int i = 0; i < m; i++) {
      if (!equality[i]) {
        s[i] = inside(rowProduct[i], lower[i], upper[i], 0.1);
        zl[i] = lower[i] > Double.NEGATIVE_INFINITY ? multiplier : 0.0;
        zu[i] = finite(upper[i]) ? multiplier : 0.0;
        y[i] = zu[i] - zl[i];
      }
    }
  }

  private static double inside(double value, double lower, double upper, double margin) {
    double width = upper - lower;
    double away = finite(width) ? Math.min(margin, 0.25 * width) : margin;
    return Math.max(lower + away, Math.min(upper - away, value));
  }

  private void residuals(double[] linear) {
    quadraticProduct(x, columnProduct);
    program.constraints().multiplyTransposed(y, residualX);
    for (int j = 0; j < n; j++) {
      residualX[j] += columnProduct[j] + linear[j];
    }
    program.constraints().multiply(x, residualRow);
    for (int i = 0; i < m; i++) {
      residualRow[i] -= s[i];
    }
  }

  /** Keeps a distance to the bounds that rounding cannot swallow, since it is divided by. */
  private static double strictlyInside(double value, double lower, double upper) {
    double inside = value;
    if (lower > Double.NEGATIVE_INFINITY) {
      inside = Math.max(inside, lower + LEAST_DISTANCE * (1 + Math.abs(lower)));
    }
    return finite(upper)
        ? Math.min(inside, upper - LEAST_DISTANCE * (1 + Math.abs(upper)))
        : inside;
  }

  private void factorise() {
    System.arraycopy(kkt.values(), 0, values, 0, values.length);
    for (int j = 0; j < n; j++) {
      values[diagonalOfX[j]] += REGULARISATION;
    }
    for (int i = 0; i < m; i++) {
      if (equality[i]) {
        inverseSigma[i] = 0.0;
        values[diagonalOfRow[i]] = -REGULARISATION;
        continue;
      }
      double sigma = zl[i] / (s[i] - lower[i]) + zu[i] / (upper[i] - s[i]);
      // a row without bounds has no multiplier, which a huge inverse expresses
      inverseSigma[i] = sigma > 1e-16 ? 1.0 / sigma : 1e16;
      if (kktRow[i] < 0) {
        values[diagonalOfX[boundVariable[i]]] +=
            boundCoefficient[i] * boundCoefficient[i] / inverseSigma[i];
      } else {
        values[diagonalOfRow[i]] = -inverseSigma[i] - REGULARISATION;
      }
    }
    ldl.factorise(values);
  }

  /** Computes the direction for a target of the complementarity products. */
  private void step(double target, boolean secondOrder) {
    for (int j = 0; j < n; j++) {
      rightHandSide[j] = -residualX[j];
    }
    for (int i = 0; i < m; i++) {
      if (equality[i]) {
        rightHandSide[kktRow[i]] = -residualRow[i];
        continue;
      }
      // t = r_s + r_l/(s − l) − r_u/(u − s)
      rowProduct[i] = -y[i] - zl[i] + zu[i];
      if (lower[i] > Double.NEGATIVE_INFINITY) {
        double product = secondOrder ? ds[i] * dzl[i] : 0.0;
        rowProduct[i] += zl[i] + (product - target) / (s[i] - lower[i]);
      }
      if (finite(upper[i])) {
        double product = secondOrder ? -ds[i] * dzu[i] : 0.0;
        rowProduct[i] -= zu[i] + (product - target) / (upper[i] - s[i]);
      }
      if (kktRow[i] < 0) {
        rightHandSide[boundVariable[i]] -=
            boundCoefficient[i] * (residualRow[i] / inverseSigma[i] + rowProduct[i]);
      } else {
        rightHandSide[kktRow[i]] = -residualRow[i] - inverseSigma[i] * rowProduct[i];
      }
    }
    solveRefined();
    for (int i = 0; i < m; i++) {
      if (equality[i]) {
        rowStep[i] = direction[kktRow[i]];
        continue;
      }
      double slack;
      if (kktRow[i] < 0) {
        slack = boundCoefficient[i] * direction[boundVariable[i]] + residualRow[i];
        rowStep[i] = slack / inverseSigma[i] + rowProduct[i];
      } else {
        rowStep[i] = direction[kktRow[i]];
        slack = inverseSigma[i] * (rowStep[i] - rowProduct[i]);
      }
      double productLower = secondOrder ? ds[i] * dzl[i] : 0.0;
      double productUpper = secondOrder ? -ds[i] * dzu[i] : 0.0;
      if (lower[i] > Double.NEGATIVE_INFINITY) {
        double distance = s[i] - lower[i];
        dzl[i] = (target - productLower - zl[i] * slack) / distance - zl[i];
      }
      if (finite(upper[i])) {
        double distance = upper[i] - s[i];
        dzu[i] = (target - productUpper + zu[i] * slack) / distance - zu[i];
      }
      ds[i] = slack;
    }
  }

  /** Solves with the unregularised matrix by iterative refinement on the regularised factors. */
  private void solveRefined() {
    System.arraycopy(rightHandSide, 0, direction, 0, kktSize);
    ldl.solve(direction);
    double enough = 1e-13 * largest(rightHandSide);
    for (int round = 0; round < 3; round++) {
      refinementResidual();
      if (largest(correction) <= enough) {
        return;
      }
      ldl.solve(correction);
      for (int k = 0; k < kktSize; k++) {
        direction[k] += correction[k];
      }
    }
  }

  private void refinementResidual() {
    quadraticProduct(direction, columnProduct);
    for (int j = 0; j < n; j++) {
      correction[j] = rightHandSide[j] - columnProduct[j];
    }
    for (int i = 0; i < m; i++) {
      if (kktRow[i] < 0) {
        int j = boundVariable[i];
        correction[j] -= boundCoefficient[i] * boundCoefficient[i] / inverseSigma[i] * direction[j];
      } else {
        correction[kktRow[i]] = rightHandSide[kktRow[i]] + inverseSigma[i] * direction[kktRow[i]];
      }
    }
    SparseMatrix a = program.constraints();
    for (int j = 0; j < n; j++) {
      double sum = correction[j];
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        int row = kktRow[a.rowIndices()[k]];
        if (row >= 0) {
          sum -= a.values()[k] * direction[row];
          correction[row] -= a.values()[k] * direction[j];
        }
      }
      correction[j] = sum;
    }
  }

  /** Largest step that keeps slacks (or multipliers) positive, at most 1 over the boundary rule. */
  private double stepLength(boolean primal) {
    double step = 1.0 / TO_BOUNDARY;
    for (int i = 0; i < m; i++) {
      if (equality[i]) {
        continue;
      }
      if (lower[i] > Double.NEGATIVE_INFINITY) {
        step = Math.min(step, primal ? ratio(s[i] - lower[i], ds[i]) : ratio(zl[i], dzl[i]));
      }
      if (finite(upper[i])) {
        step = Math.min(step, primal ? ratio(upper[i] - s[i], -ds[i]) : ratio(zu[i], dzu[i]));
      }
    }
    return step;
  }

  private static double ratio(double value, double change) {
    return change < 0 ? -value / change : Double.POSITIVE_INFINITY;
  }

  private double complementarity() {
    return complementarityAfter(0.0, 0.0);
  }

  private double complementarityAfter(double primalStep, double dualStep) {
    double sum = 0.0;
    for (int i = 0; i < m; i++) {
      if (equality[i]) {
        continue;
      }
      double slack = s[i] + primalStep * ds[i];
      if (lower[i] > Double.NEGATIVE_INFINITY) {
        sum += (slack - lower[i]) * (zl[i] + dualStep * dzl[i]);
      }
      if (finite(upper[i])) {
        sum += (upper[i] - slack) * (zu[i] + dualStep * dzu[i]);
      }
    }
    return sum;
  }

  private double objective(double[] linear) {
    double value = 0.0;
    quadraticProduct(x, columnProduct);
    for (int j = 0; j < n; j++) {
      value += (linear[j] + 0.5 * columnProduct[j]) * x[j];
    }
    return value;
  }

  private void noteQuadratic() {
    hasQuadratic = false;
    for (double value : quadratic.values()) {
      hasQuadratic |= value != 0.0;
    }
  }

  /** P v of the symmetric matrix whose upper triangle is stored. */
  private void quadraticProduct(double[] v, double[] product) {
    SparseMatrix p = quadratic;
    Arrays.fill(product, 0, n, 0.0);
    for (int j = 0; j < n; j++) {
      for (int k = p.columnPointers()[j]; k < p.columnPointers()[j + 1]; k++) {
        int i = p.rowIndices()[k];
        product[i] += p.values()[k] * v[j];
        if (i != j) {
          product[j] += p.values()[k] * v[i];
        }
      }
    }
  }

  private static boolean finite(double value) {
    return value < Double.POSITIVE_INFINITY;
  }

  private static double largest(double[] values) {
    double largest = 0.0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
