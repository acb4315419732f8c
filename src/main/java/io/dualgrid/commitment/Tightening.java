package io.dualgrid.commitment;

import io.dualgrid.qp.BoundsPropagation;
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
   * @param rows of the program, transposed: column i holds row i
   * @param whole which variables are 0 or 1
   * @return the program itself where no values keep its rows
   */
  static QuadraticProgram of(QuadraticProgram program, SparseMatrix rows, boolean[] whole) {
    BoundsPropagation bounds = new BoundsPropagation(rows, program.lower(), program.upper(), whole);
    if (bounds.contradictory()) {
      return program;
    }
    SparseMatrix.Builder tighter = SparseMatrix.builder(rows.columns(), rows.rows());
    for (int row = 0; row < rows.columns(); row++) {
      int begin = rows.columnPointers()[row];
      int end = rows.columnPointers()[row + 1];
      boolean pair = end - begin == 2 && program.upper()[row] == 0.0;
      for (int k = begin; k < end; k++) {
        int j = rows.rowIndices()[k];
        double value = rows.values()[k];
        if (pair && whole[j] && value < 0) {
          double most = Math.max(0.0, bounds.largestTerm(begin + end - 1 - k));
          value = -Math.min(-value, most);
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
}
