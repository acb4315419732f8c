package io.dualgrid.qp.java;

import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.util.Arrays;

/**
 * A program and its scaled copy, which the solver works on. The patterns of P and A and the values
 * of A stay; P's diagonal, q and the bounds may change.
 *
 * <p>Scaled are x̄ = D⁻¹x, ȳ = c·E⁻¹y, P̄ = c·DPD, q̄ = c·Dq, Ā = EAD, l̄ = El, ū = Eu; see {@link
 * Equilibration}.
 */
final class ScaledProgram {
  final int n;
  final int m;

  // Patterns: P's upper triangle and A by columns, and A by rows with each entry's place by
  // columns.
  final int[] pPointers;
  final int[] pRows;
  final int[] aPointers;
  final int[] aRows;
  final int[] rowPointers;
  final int[] rowColumns;
  final int[] rowPlaces;

  /** Scaled values of P and, by columns, of A. */
  final double[] p;

  final double[] a;

  /** Scaled linear term and bounds. */
  final double[] q;

  final double[] lower;
  final double[] upper;

  final boolean[] equality;

  private final double[] plainRows; // 1/E: what makes a scaled activity plain
  private final double[] plainColumns; // 1/(cD): what makes a scaled gradient plain
  private final double[] aByRows;
  private final double[] givenP;
  private final double[] givenQ;
  private final double[] givenA;
  private final double[] givenLower;
  private final double[] givenUpper;
  private final Equilibration scaling;

  ScaledProgram(QuadraticProgram program) {
    SparseMatrix quadratic = program.quadratic();
    SparseMatrix constraints = program.constraints();
    n = program.variableCount();
    m = program.rowCount();
    pPointers = quadratic.columnPointers();
    pRows = quadratic.rowIndices();
    aPointers = constraints.columnPointers();
    aRows = constraints.rowIndices();
    rowPointers = new int[m + 1];
    rowColumns = new int[aRows.length];
    rowPlaces = new int[aRows.length];
    arrangeByRows();

    givenP = quadratic.values().clone();
    givenQ = program.linear().clone();
    givenA = constraints.values();
    givenLower = program.lower().clone();
    givenUpper = program.upper().clone();
    p = new double[givenP.length];
    a = new double[givenA.length];
    aByRows = new double[givenA.length];
    plainRows = new double[m];
    plainColumns = new double[n];
    q = new double[n];
    lower = new double[m];
    upper = new double[m];
    equality = new boolean[m];
    scaling = new Equilibration(n, m);
    rescale();
  }

  private void arrangeByRows() {
    for (int row : aRows) {
      rowPointers[row + 1]++;
    }
    for (int i = 0; i < m; i++) {
      rowPointers[i + 1] += rowPointers[i];
    }
    int[] next = Arrays.copyOf(rowPointers, m);
    for (int j = 0; j < n; j++) {
      for (int k = aPointers[j]; k < aPointers[j + 1]; k++) {
        int place = next[aRows[k]]++;
        rowColumns[place] = j;
        rowPlaces[place] = k;
      }
    }
  }

  private void rescale() {
    scaling.compute(this, givenP, givenA, givenQ);
    for (int j = 0; j < n; j++) {
      double column = scaling.columns[j];
      for (int k = pPointers[j]; k < pPointers[j + 1]; k++) {
        p[k] = scaling.objective * givenP[k] * scaling.columns[pRows[k]] * column;
      }
      for (int k = aPointers[j]; k < aPointers[j + 1]; k++) {
        a[k] = givenA[k] * scaling.rows[aRows[k]] * column;
      }
      plainColumns[j] = 1.0 / (column * scaling.objective);
    }
    for (int i = 0; i < m; i++) {
      plainRows[i] = 1.0 / scaling.rows[i];
    }
    for (int k = 0; k < a.length; k++) {
      aByRows[k] = a[rowPlaces[k]];
    }
    scaleLinear();
    scaleBounds();
  }

  private void scaleLinear() {
    for (int j = 0; j < n; j++) {
      q[j] = scaling.objective * scaling.columns[j] * givenQ[j];
    }
  }

  private void scaleBounds() {
    for (int i = 0; i < m; i++) {
      lower[i] = scaling.rows[i] * givenLower[i];
      upper[i] = scaling.rows[i] * givenUpper[i];
      equality[i] = givenLower[i] == givenUpper[i];
    }
  }

  /** Replaces the linear term; the scaling stays. */
  void updateLinear(double[] linear) {
    System.arraycopy(linear, 0, givenQ, 0, n);
    scaleLinear();
  }

  /** Replaces the diagonal of P, and scales everything anew. */
  void updateDiagonal(double[] diagonal) {
    for (int j = 0; j < n; j++) {
      givenP[pPointers[j + 1] - 1] = diagonal[j];
    }
    rescale();
  }

  /** x̄ to x, or back; arrays of length n. */
  void unscaleVariables(double[] scaled, double[] plain) {
    for (int j = 0; j < n; j++) {
      plain[j] = scaled[j] * scaling.columns[j];
    }
  }

  void scaleVariables(double[] plain, double[] scaled) {
    for (int j = 0; j < n; j++) {
      scaled[j] = plain[j] / scaling.columns[j];
    }
  }

  /** ȳ to y, or back; arrays of length m. */
  void unscaleMultipliers(double[] scaled, double[] plain) {
    for (int i = 0; i < m; i++) {
      plain[i] = scaled[i] * scaling.rows[i] / scaling.objective;
    }
  }

  void scaleMultipliers(double[] plain, double[] scaled) {
    for (int i = 0; i < m; i++) {
      scaled[i] = plain[i] * scaling.objective / scaling.rows[i];
    }
  }

  /** A scaled row activity as it is in the program's own units. */
  double plainActivity(int row, double scaled) {
    return scaled * plainRows[row];
  }

  /** A scaled entry of the objective's gradient as it is in the program's own units. */
  double plainGradient(int column, double scaled) {
    return scaled * plainColumns[column];
  }

  /** A scaled part of the objective, or of a bound times a multiplier, in the program's units. */
  double plainObjective(double scaled) {
    return scaled / scaling.objective;
  }

  /** result = Ā v, lengths m and at least n. */
  void multiplyA(double[] v, double[] result) {
    int k = 0;
    for (int i = 0; i < m; i++) {
      double sum = 0.0;
      for (int end = rowPointers[i + 1]; k < end; k++) {
        sum += aByRows[k] * v[rowColumns[k]];
      }
      result[i] = sum;
    }
  }

  /** result = Āᵀ v, lengths n and m. */
  void multiplyTransposed(double[] v, double[] result) {
    int k = 0;
    for (int j = 0; j < n; j++) {
      double sum = 0.0;
      for (int end = aPointers[j + 1]; k < end; k++) {
        sum += a[k] * v[aRows[k]];
      }
      result[j] = sum;
    }
  }

  /** result = P̄ v, lengths n and at least n. */
  void multiplyP(double[] v, double[] result) {
    int k = 0;
    for (int j = 0; j < n; j++) {
      int diagonal = pPointers[j + 1] - 1;
      double value = v[j];
      double sum = p[diagonal] * value;
      for (; k < diagonal; k++) {
        int i = pRows[k];
        sum += p[k] * v[i];
        result[i] += p[k] * value;
      }
      k++;
      result[j] = sum;
    }
  }
}
