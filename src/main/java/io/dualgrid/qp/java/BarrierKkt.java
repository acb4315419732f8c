package io.dualgrid.qp.java;

import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.util.Arrays;

/**
 * The Newton matrix [P, Aᵀ; A, −Σ⁻¹] of an interior-point step and its factors.
 *
 * <p>Rows with one entry that are no equalities are bounds: their barrier term goes to the diagonal
 * of P, and they are no rows of the matrix. It is factorised as [P + δ, Aᵀ; A, −(Σ⁻¹ + δ)] by a
 * sparse LDLᵀ, and solves are refined to the matrix without δ. The pattern is analysed once. Not
 * thread safe.
 */
final class BarrierKkt {
  static final double REGULARISATION = 1e-9;

  /** What may be left of a right-hand side where a solve counts as exact. */
  static final double ENOUGH = 1e-13;

  private static final int REFINEMENTS = 3;

  final int n;
  final int m;
  final int size;
  final int[] rowOf; // row of the matrix, −1 for a bound
  final int[] boundVariable; // variable of a bound
  final double[] boundCoefficient;
  final double[] inverseSigma; // of each row; zero on equalities
  private final double[] diagonal; // without P and δ

  final SparseMatrix quadratic; // its diagonal is replaced in place
  private final SparseMatrix constraints;
  private final boolean[] equality;
  private final SparseMatrix kkt;
  private final int[] diagonalOfX; // entry of kkt holding the diagonal of each variable
  private final int[] diagonalOfRow;
  private final double[] values;
  private final SparseLdl ldl;
  private final double[] correction;
  private final double[] product;
  private boolean hasQuadratic;

  BarrierKkt(QuadraticProgram program, boolean[] equality) {
    n = program.variableCount();
    m = program.rowCount();
    this.equality = equality;
    constraints = program.constraints();
    rowOf = new int[m];
    boundVariable = new int[m];
    boundCoefficient = new double[m];
    inverseSigma = new double[m];
    SparseMatrix a = constraints;
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
      rowOf[i] = entriesOfRow[i] == 1 && !equality[i] ? -1 : next++;
    }
    size = next;
    quadratic =
        new SparseMatrix(
            n,
            n,
            program.quadratic().columnPointers(),
            program.quadratic().rowIndices(),
            program.quadratic().values().clone());
    kkt = pattern();
    diagonalOfX = new int[n];
    diagonalOfRow = new int[m];
    for (int j = 0; j < n; j++) {
      diagonalOfX[j] = kkt.columnPointers()[j + 1] - 1;
    }
    for (int i = 0; i < m; i++) {
      diagonalOfRow[i] = rowOf[i] < 0 ? -1 : kkt.columnPointers()[rowOf[i] + 1] - 1;
    }
    values = kkt.values().clone();
    ldl = new SparseLdl(kkt, n);
    correction = new double[size];
    diagonal = new double[size];
    product = new double[n];
    noteQuadratic();
  }

  private SparseMatrix pattern() {
    SparseMatrix.Builder builder = SparseMatrix.builder(size, size);
    SparseMatrix a = constraints;
    for (int j = 0; j < n; j++) {
      for (int k = quadratic.columnPointers()[j]; k < quadratic.columnPointers()[j + 1]; k++) {
        builder.add(quadratic.rowIndices()[k], j, quadratic.values()[k]);
      }
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        if (rowOf[a.rowIndices()[k]] >= 0) {
          builder.add(j, rowOf[a.rowIndices()[k]], a.values()[k]);
        }
      }
    }
    for (int i = n; i < size; i++) {
      builder.add(i, i, 0.0);
    }
    return builder.build();
  }

  /** Whether P has an entry that is not zero. */
  boolean hasQuadratic() {
    return hasQuadratic;
  }

  /** Whether P is positive semidefinite, up to rounding; overwrites the factors. */
  boolean isConvex() {
    double largest = 0.0;
    double least = 0.0;
    for (int j = 0; j < n; j++) {
      double diagonal = kkt.values()[diagonalOfX[j]];
      largest = Math.max(largest, diagonal);
      least = Math.min(least, diagonal);
    }
    if (least < 0.0 || quadratic.nonZeros() == n) {
      return least == 0.0;
    }
    // without the rows the signs of the pivots are those of P's eigenvalues (Sylvester)
    System.arraycopy(kkt.values(), 0, values, 0, values.length);
    Arrays.fill(values, kkt.columnPointers()[n], values.length, 0.0);
    for (int j = 0; j < n; j++) {
      values[diagonalOfX[j]] += REGULARISATION * (1 + largest);
    }
    for (int i = n; i < size; i++) {
      values[kkt.columnPointers()[i + 1] - 1] = -1.0;
    }
    return ldl.factorise(values) == 0;
  }

  /** Replaces the diagonal of P. */
  void updateQuadraticDiagonal(double[] diagonal) {
    for (int j = 0; j < n; j++) {
      quadratic.values()[quadratic.columnPointers()[j + 1] - 1] = diagonal[j];
      kkt.values()[diagonalOfX[j]] = diagonal[j];
    }
    noteQuadratic();
  }

  private void noteQuadratic() {
    hasQuadratic = false;
    for (double value : quadratic.values()) {
      hasQuadratic |= value != 0.0;
    }
  }

  /**
   * Factorises with P + I and weight one on every inequality row, for a starting point near the
   * middle of the rows.
   */
  void factoriseForStart() {
    System.arraycopy(kkt.values(), 0, values, 0, values.length);
    for (int j = 0; j < n; j++) {
      values[diagonalOfX[j]] += 1.0;
    }
    for (int i = 0; i < m; i++) {
      if (rowOf[i] < 0) {
        values[diagonalOfX[boundVariable[i]]] += boundCoefficient[i] * boundCoefficient[i];
      } else {
        values[diagonalOfRow[i]] = equality[i] ? -REGULARISATION : -1.0;
      }
    }
    ldl.factorise(values);
  }

  /** Factorises with the present {@link #inverseSigma}. */
  void factorise() {
    factorise(REGULARISATION);
  }

  /** The same with another δ. */
  void factorise(double delta) {
    System.arraycopy(kkt.values(), 0, values, 0, values.length);
    Arrays.fill(diagonal, 0.0);
    for (int j = 0; j < n; j++) {
      values[diagonalOfX[j]] += delta;
    }
    for (int i = 0; i < m; i++) {
      if (rowOf[i] < 0) {
        int j = boundVariable[i];
        double weight = boundCoefficient[i] * boundCoefficient[i] / inverseSigma[i];
        values[diagonalOfX[j]] += weight;
        diagonal[j] += weight;
      } else {
        values[diagonalOfRow[i]] = -inverseSigma[i] - delta;
        diagonal[rowOf[i]] = -inverseSigma[i];
      }
    }
    ldl.factorise(values);
  }

  /** Solves in place with the factors as they are. */
  void solve(double[] vector) {
    ldl.solve(vector);
  }

  /**
   * Solves with the matrix without δ, by iterative refinement.
   *
   * @param rightHandSide length size, not modified
   * @param solution length size, overwritten
   * @param part of the right-hand side that may be left
   */
  void solveRefined(double[] rightHandSide, double[] solution, double part) {
    System.arraycopy(rightHandSide, 0, solution, 0, size);
    ldl.solve(solution);
    double enough = part * largest(rightHandSide);
    for (int round = 0; round < REFINEMENTS; round++) {
      residual(rightHandSide, solution);
      if (largest(correction) <= enough) {
        return;
      }
      ldl.solve(correction);
      for (int k = 0; k < size; k++) {
        solution[k] += correction[k];
      }
    }
  }

  /** Largest residual of a solution, relative to the largest right-hand side. */
  double error(double[] rightHandSide, double[] solution) {
    residual(rightHandSide, solution);
    return largest(correction) / largest(rightHandSide);
  }

  private void residual(double[] rightHandSide, double[] solution) {
    quadraticProduct(solution, product);
    for (int k = 0; k < size; k++) {
      double left = k < n ? rightHandSide[k] - product[k] : rightHandSide[k];
      correction[k] = left - diagonal[k] * solution[k];
    }
    SparseMatrix a = constraints;
    for (int j = 0; j < n; j++) {
      double sum = correction[j];
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        int row = rowOf[a.rowIndices()[k]];
        if (row >= 0) {
          sum -= a.values()[k] * solution[row];
          correction[row] -= a.values()[k] * solution[j];
        }
      }
      correction[j] = sum;
    }
  }

  /** P v of the symmetric matrix whose upper triangle is stored. */
  void quadraticProduct(double[] v, double[] result) {
    Arrays.fill(result, 0, n, 0.0);
    if (!hasQuadratic) {
      return;
    }
    SparseMatrix p = quadratic;
    for (int j = 0; j < n; j++) {
      for (int k = p.columnPointers()[j]; k < p.columnPointers()[j + 1]; k++) {
        int i = p.rowIndices()[k];
        result[i] += p.values()[k] * v[j];
        if (i != j) {
          result[j] += p.values()[k] * v[i];
        }
      }
    }
  }

  static double largest(double[] values) {
    double largest = 0.0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
