package io.dualgrid.qp.java;

import io.dualgrid.qp.NewtonKernel;
import io.dualgrid.qp.QuadraticProgram;
import java.util.Arrays;

/**
 * A point of the primal-dual interior-point method with its residuals and its Newton step: the part
 * that a solve of one program and a method that couples many have in common.
 *
 * <p>With s = Ax, multipliers y = z_u − z_l of the rows and Σ = z_l/(s − l) + z_u/(u − s), a step
 * solves [P, Aᵀ; A, −Σ⁻¹]; Σ⁻¹ = 0 on equalities. Not thread safe.
 */
final class BarrierPoint {
  private static final double LEAST_DISTANCE = 1e-15;

  final QuadraticProgram program;
  final BarrierKkt kkt;
  final int n;
  final int m;
  final double[] lower;
  final double[] upper;
  final boolean[] equality;

  final double[] x;
  final double[] y;
  final double[] s;
  final double[] zl;
  final double[] zu;
  final double[] residualX;
  final double[] residualRow;
  final double[] rightHandSide;
  final double[] direction; // of x, then of the rows of the matrix
  private final double[] rowStep; // of y
  private final double[] ds;
  private final double[] dzl;
  private final double[] dzu;
  private final double[] rowProduct;
  private final double[] columnProduct;

  BarrierPoint(QuadraticProgram program) {
    this.program = program;
    n = program.variableCount();
    m = program.rowCount();
    lower = program.lower().clone();
    upper = program.upper().clone();
    equality = new boolean[m];
    for (int i = 0; i < m; i++) {
      equality[i] = lower[i] == upper[i];
    }
    kkt = new BarrierKkt(program, equality);
    x = new double[n];
    y = new double[m];
    s = new double[m];
    zl = new double[m];
    zu = new double[m];
    residualX = new double[n];
    residualRow = new double[m];
    rightHandSide = new double[kkt.size];
    direction = new double[kkt.size];
    rowStep = new double[m];
    ds = new double[m];
    dzl = new double[m];
    dzu = new double[m];
    rowProduct = new double[m];
    columnProduct = new double[n];
  }

  /** Number of finite bounds of rows that are no equalities. */
  int bounds() {
    int bounds = 0;
    for (int i = 0; i < m; i++) {
      if (!equality[i]) {
        bounds += (hasLower(i) ? 1 : 0) + (hasUpper(i) ? 1 : 0);
      }
    }
    return bounds;
  }

  /** Takes a starting point near the middle of the rows, strictly inside all bounds. */
  void start(double[] linear) {
    Arrays.fill(x, 0.0);
    Arrays.fill(y, 0.0);
    for (int i = 0; i < m; i++) {
      s[i] = equality[i] ? upper[i] : 0.0;
      zl[i] = 0.0;
      zu[i] = 0.0;
    }
    double scale = 1 + BarrierKkt.largest(linear);
    for (int j = 0; j < n; j++) {
      direction[j] = -linear[j] / scale;
    }
    for (int i = 0; i < m; i++) {
      double target = equality[i] ? upper[i] : inside(0.0, lower[i], upper[i], 0.0);
      if (kkt.rowOf[i] < 0) {
        direction[kkt.boundVariable[i]] += kkt.boundCoefficient[i] * target;
      } else {
        direction[kkt.rowOf[i]] = target;
      }
    }
    kkt.factoriseForStart();
    kkt.solve(direction);
    System.arraycopy(direction, 0, x, 0, n);
    program.constraints().multiply(x, rowProduct);
    double multiplier = Math.max(1e-2, BarrierKkt.largest(linear));
    for (int i = 0; i < m; i++) {
      if (!equality[i]) {
        s[i] = inside(rowProduct[i], lower[i], upper[i], 0.1);
        zl[i] = hasLower(i) ? multiplier : 0.0;
        zu[i] = hasUpper(i) ? multiplier : 0.0;
        y[i] = zu[i] - zl[i];
      }
    }
  }

  private static double inside(double value, double lower, double upper, double margin) {
    double width = upper - lower;
    double away = width < Double.POSITIVE_INFINITY ? Math.min(margin, 0.25 * width) : margin;
    return Math.max(lower + away, Math.min(upper - away, value));
  }

  /** Px + linear + Aᵀy and Ax − s. */
  void residuals(double[] linear) {
    kkt.quadraticProduct(x, columnProduct);
    program.constraints().multiplyTransposed(y, residualX);
    for (int j = 0; j < n; j++) {
      residualX[j] += columnProduct[j] + linear[j];
    }
    program.constraints().multiply(x, residualRow);
    for (int i = 0; i < m; i++) {
      residualRow[i] -= s[i];
    }
  }

  /** Factorises the matrix at the present point. */
  void factorise() {
    for (int i = 0; i < m; i++) {
      if (equality[i]) {
        kkt.inverseSigma[i] = 0.0;
        continue;
      }
      double sigma = zl[i] / (s[i] - lower[i]) + zu[i] / (upper[i] - s[i]);
      // a row without bounds has no multiplier, which a huge inverse expresses
      kkt.inverseSigma[i] = sigma > 1e-16 ? 1.0 / sigma : 1e16;
    }
    kkt.factorise();
  }

  /**
   * The right-hand side of a step.
   *
   * @param target of the complementarity products
   * @param secondOrder whether to add the products of the last step's changes
   */
  void aim(double target, boolean secondOrder) {
    for (int j = 0; j < n; j++) {
      rightHandSide[j] = -residualX[j];
    }
    for (int i = 0; i < m; i++) {
      if (equality[i]) {
        rightHandSide[kkt.rowOf[i]] = -residualRow[i];
        continue;
      }
      // t = r_s + r_l/(s − l) − r_u/(u − s)
      rowProduct[i] = -y[i] - zl[i] + zu[i];
      if (hasLower(i)) {
        double product = secondOrder ? ds[i] * dzl[i] : 0.0;
        rowProduct[i] += zl[i] + (product - target) / (s[i] - lower[i]);
      }
      if (hasUpper(i)) {
        double product = secondOrder ? -ds[i] * dzu[i] : 0.0;
        rowProduct[i] -= zu[i] + (product - target) / (upper[i] - s[i]);
      }
      if (kkt.rowOf[i] < 0) {
        rightHandSide[kkt.boundVariable[i]] -=
            kkt.boundCoefficient[i] * (residualRow[i] / kkt.inverseSigma[i] + rowProduct[i]);
      } else {
        rightHandSide[kkt.rowOf[i]] = -residualRow[i] - kkt.inverseSigma[i] * rowProduct[i];
      }
    }
  }

  /** Solves for the direction of x and of the rows of the matrix. */
  void solve() {
    kkt.solveRefined(rightHandSide, direction, BarrierKkt.ENOUGH);
  }

  /** Relative error of the last {@link #solve}. */
  double error() {
    return kkt.error(rightHandSide, direction);
  }

  /** From the direction of x to those of row values and multipliers, as {@link #aim} was asked. */
  void complete(double target, boolean secondOrder) {
    for (int i = 0; i < m; i++) {
      if (equality[i]) {
        rowStep[i] = direction[kkt.rowOf[i]];
        continue;
      }
      double slack;
      if (kkt.rowOf[i] < 0) {
        slack = kkt.boundCoefficient[i] * direction[kkt.boundVariable[i]] + residualRow[i];
        rowStep[i] = slack / kkt.inverseSigma[i] + rowProduct[i];
      } else {
        rowStep[i] = direction[kkt.rowOf[i]];
        slack = kkt.inverseSigma[i] * (rowStep[i] - rowProduct[i]);
      }
      double productLower = secondOrder ? ds[i] * dzl[i] : 0.0;
      double productUpper = secondOrder ? -ds[i] * dzu[i] : 0.0;
      if (hasLower(i)) {
        double distance = s[i] - lower[i];
        dzl[i] = (target - productLower - zl[i] * slack) / distance - zl[i];
      }
      if (hasUpper(i)) {
        double distance = upper[i] - s[i];
        dzu[i] = (target - productUpper + zu[i] * slack) / distance - zu[i];
      }
      ds[i] = slack;
    }
  }

  /** Moves along the direction. */
  void move(double primalStep, double dualStep) {
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

  /** Keeps a distance to the bounds that rounding cannot swallow, since it is divided by. */
  private static double strictlyInside(double value, double lower, double upper) {
    double inside = value;
    if (lower > Double.NEGATIVE_INFINITY) {
      inside = Math.max(inside, lower + LEAST_DISTANCE * (1 + Math.abs(lower)));
    }
    return upper < Double.POSITIVE_INFINITY
        ? Math.min(inside, upper - LEAST_DISTANCE * (1 + Math.abs(upper)))
        : inside;
  }

  /** Largest step that keeps slacks (or multipliers) positive, at most 1 over the boundary rule. */
  double stepLength(boolean primal) {
    double step = 1.0 / NewtonKernel.TO_BOUNDARY;
    for (int i = 0; i < m; i++) {
      if (equality[i]) {
        continue;
      }
      if (hasLower(i)) {
        step = Math.min(step, primal ? ratio(s[i] - lower[i], ds[i]) : ratio(zl[i], dzl[i]));
      }
      if (hasUpper(i)) {
        step = Math.min(step, primal ? ratio(upper[i] - s[i], -ds[i]) : ratio(zu[i], dzu[i]));
      }
    }
    return step;
  }

  private static double ratio(double value, double change) {
    return change < 0 ? -value / change : Double.POSITIVE_INFINITY;
  }

  /**
   * The sum of the complementarity products after steps α and β is k₀ + α k₁ + β k₂ + αβ k₃.
   *
   * @param k length 4, overwritten
   */
  void products(double[] k) {
    Arrays.fill(k, 0.0);
    for (int i = 0; i < m; i++) {
      if (equality[i]) {
        continue;
      }
      if (hasLower(i)) {
        addProduct(k, s[i] - lower[i], ds[i], zl[i], dzl[i]);
      }
      if (hasUpper(i)) {
        addProduct(k, upper[i] - s[i], -ds[i], zu[i], dzu[i]);
      }
    }
  }

  private static void addProduct(double[] k, double slack, double change, double z, double dz) {
    k[0] += slack * z;
    k[1] += change * z;
    k[2] += slack * dz;
    k[3] += change * dz;
  }

  /** ½ xᵀPx + linearᵀx. */
  double objective(double[] linear) {
    double value = 0.0;
    kkt.quadraticProduct(x, columnProduct);
    for (int j = 0; j < n; j++) {
      value += (linear[j] + 0.5 * columnProduct[j]) * x[j];
    }
    return value;
  }

  /** −½ xᵀPx − Σ (u_i·z_u,i − l_i·z_l,i), an equality counting as u_i·y_i. */
  double dualObjective() {
    double value = 0.0;
    for (int i = 0; i < m; i++) {
      if (equality[i]) {
        value -= upper[i] * y[i];
        continue;
      }
      if (hasLower(i)) {
        value += lower[i] * zl[i];
      }
      if (hasUpper(i)) {
        value -= upper[i] * zu[i];
      }
    }
    kkt.quadraticProduct(x, columnProduct);
    for (int j = 0; j < n; j++) {
      value -= 0.5 * x[j] * columnProduct[j];
    }
    return value;
  }

  private boolean hasLower(int row) {
    return lower[row] > Double.NEGATIVE_INFINITY;
  }

  private boolean hasUpper(int row) {
    return upper[row] < Double.POSITIVE_INFINITY;
  }
}
