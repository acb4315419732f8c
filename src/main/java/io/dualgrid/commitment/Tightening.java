package io.dualgrid.commitment;

import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;

/**
 * Rows power ≤ size · state with the most that the power can come to in place of the size, where
 * that is less (coefficient reduction, Savelsbergh, ORSA J. on Computing 6, 1994). Nothing changes
 * at states of 0 and 1, and the relaxation no longer takes a part of a state that is too small for
 * the power.
 */
final class Tightening {
  private Tightening() {}

  /**
   * Tightens.
   *
   * @param whole which variables are 0 or 1
   * @return the program itself where no values keep its rows
   */
  static QuadraticProgram of(QuadraticProgram program, ImpliedBounds.Rows rows, boolean[] whole) {
    ImpliedBounds bounds = ImpliedBounds.of(rows, program.lower(), program.upper(), whole);
    if (bounds == null) {
      return program;
    }
    SparseMatrix a = program.constraints();
    SparseMatrix.Builder tighter = SparseMatrix.builder(a.rows(), a.columns());
    for (int row = 0; row < a.rows(); row++) {
      int begin = rows.pointers[row];
      int end = rows.pointers[row + 1];
      boolean pair = end - begin == 2 && program.upper()[row] == 0.0;
      for (int k = begin; k < end; k++) {
        int j = rows.indices[k];
        double value = rows.values[k];
        if (pair && whole[j] && value < 0) {
          int other = begin + end - 1 - k;
          value = -Math.min(-value, most(rows, other, bounds));
        }
        tighter.add(row, j, value);
      }
    }
    return new QuadraticProgram(
        program.name(),
        program.quadratic(),
        program.linear(),
        tighter.build(),
        program.lower(),
        program.upper());
  }

  /** Of a term, not below zero. */
  private static double most(ImpliedBounds.Rows rows, int entry, ImpliedBounds bounds) {
    double factor = rows.values[entry];
    int j = rows.indices[entry];
    return Math.max(0.0, factor * (factor > 0 ? bounds.upper()[j] : bounds.lower()[j]));
  }
}
