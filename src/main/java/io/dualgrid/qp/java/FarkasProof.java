package io.dualgrid.qp.java;

import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.util.Arrays;

/**
 * Whether multipliers prove that no point meets l ≤ Ax ≤ u (Farkas). For any such point, Σ_i (l_i
 * where y_i is negative, u_i where it is positive) · y_i ≥ yᵀAx = Σ_j (Aᵀy)_j x_j ≥ − Σ_j |(Aᵀy)_j|
 * X_j, with X_j the largest |x_j| that the rows of x_j alone permit. Where the left side is below
 * the right one, there is none. The multipliers of a program without a point grow along such a
 * direction.
 */
final class FarkasProof {
  /**
   * Stands in for X_j where no row bounds x_j alone: a million times the base of a program per
   * unit.
   */
  private static final double UNBOUNDED = 1e6;

  /** Sums are known to this part of the terms they are made of. */
  private static final double ROUNDING = 1e-10;

  private final QuadraticProgram program;
  private final double[] largest;
  private final double[] columns;

  FarkasProof(QuadraticProgram program) {
    this.program = program;
    int n = program.variableCount();
    columns = new double[n];
    largest = new double[n];
    Arrays.fill(largest, UNBOUNDED);
    SparseMatrix a = program.constraints();
    int[] entries = new int[program.rowCount()];
    for (int row : a.rowIndices()) {
      entries[row]++;
    }
    for (int j = 0; j < n; j++) {
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        int row = a.rowIndices()[k];
        if (entries[row] == 1 && a.values()[k] != 0.0) {
          double most = Math.max(Math.abs(program.lower()[row]), Math.abs(program.upper()[row]));
          largest[j] = Math.min(largest[j], most / Math.abs(a.values()[k]));
        }
      }
    }
  }

  /**
   * Whether they do.
   *
   * @param y multipliers of the rows, positive at upper bounds, not modified
   */
  boolean proves(double[] y) {
    double support = 0.0;
    double terms = 0.0;
    for (int i = 0; i < y.length; i++) {
      if (y[i] != 0.0) {
        double bound = y[i] > 0 ? program.upper()[i] : program.lower()[i];
        support += bound * y[i];
        terms += Math.abs(bound * y[i]);
      }
    }
    if (!(support < -ROUNDING * terms)) {
      return false; // also where an infinite bound has a multiplier
    }
    program.constraints().multiplyTransposed(y, columns);
    double room = ROUNDING * terms;
    for (int j = 0; j < columns.length; j++) {
      room += Math.abs(columns[j]) * largest[j];
    }
    return support < -room;
  }
}
