package io.dualgrid.qp.java;

import java.util.Arrays;

/**
 * Scaling of a program by Ruiz's equilibration: rows and columns of [P Aᵀ; A 0] are divided by the
 * square root of their largest entry, over and over, and the objective by the size of its gradient
 * (Stellato et al., OSQP, Math. Prog. Comp. 12, 2020, section 5.1).
 *
 * <p>With D and E the diagonal scalings and c that of the objective, the scaled program is c·DPD,
 * c·Dq, EAD, El, Eu in x̄ = D⁻¹x, ȳ = c·E⁻¹y.
 */
final class Equilibration {
  private static final int PASSES = 10;
  private static final double LEAST = 1e-4;
  private static final double MOST = 1e4;

  final double[] columns; // D
  final double[] rows; // E
  double objective; // c

  private final double[] columnNorms;
  private final double[] rowNorms;

  Equilibration(int n, int m) {
    columns = new double[n];
    rows = new double[m];
    columnNorms = new double[n];
    rowNorms = new double[m];
  }

  /**
   * Finds the scaling.
   *
   * @param program patterns of P and A
   * @param quadratic values of P, not scaled
   * @param constraints values of A by columns, not scaled
   * @param linear q, not scaled
   */
  void compute(ScaledProgram program, double[] quadratic, double[] constraints, double[] linear) {
    Arrays.fill(columns, 1.0);
    Arrays.fill(rows, 1.0);
    for (int pass = 0; pass < PASSES; pass++) {
      norms(program, quadratic, constraints);
      for (int j = 0; j < columns.length; j++) {
        columns[j] /= Math.sqrt(limited(columnNorms[j]));
      }
      for (int i = 0; i < rows.length; i++) {
        rows[i] /= Math.sqrt(limited(rowNorms[i]));
      }
    }
    objective = 1.0;
    Arrays.fill(columnNorms, 0.0);
    quadraticNorms(program, quadratic);
    double mean = 0.0;
    double largest = 0.0;
    for (int j = 0; j < columns.length; j++) {
      mean += columnNorms[j] / columns.length;
      largest = Math.max(largest, Math.abs(linear[j] * columns[j]));
    }
    objective = 1.0 / limited(Math.max(mean, largest));
  }

  private void norms(ScaledProgram program, double[] quadratic, double[] constraints) {
    Arrays.fill(columnNorms, 0.0);
    Arrays.fill(rowNorms, 0.0);
    quadraticNorms(program, quadratic);
    for (int j = 0; j < columns.length; j++) {
      for (int k = program.aPointers[j]; k < program.aPointers[j + 1]; k++) {
        int i = program.aRows[k];
        double size = Math.abs(constraints[k]) * columns[j] * rows[i];
        columnNorms[j] = Math.max(columnNorms[j], size);
        rowNorms[i] = Math.max(rowNorms[i], size);
      }
    }
  }

  private void quadraticNorms(ScaledProgram program, double[] quadratic) {
    for (int j = 0; j < columns.length; j++) {
      for (int k = program.pPointers[j]; k < program.pPointers[j + 1]; k++) {
        int i = program.pRows[k];
        double size = Math.abs(quadratic[k]) * columns[i] * columns[j];
        columnNorms[i] = Math.max(columnNorms[i], size);
        columnNorms[j] = Math.max(columnNorms[j], size);
      }
    }
  }

  private static double limited(double norm) {
    return norm < LEAST ? 1.0 : Math.min(norm, MOST);
  }
}
