package io.dualgrid.qp.java;

import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;

/**
 * A program without the rows that have no bounds: these constrain nothing, their multipliers are
 * zero, and a barrier has no weight for them.
 */
final class BoundedRows {
  private static final int NONE = -1;

  private final int[] placeOf; // of each row in the smaller program
  private final QuadraticProgram program;

  BoundedRows(QuadraticProgram whole) {
    placeOf = new int[whole.rowCount()];
    int count = 0;
    for (int i = 0; i < placeOf.length; i++) {
      boolean free = Double.isInfinite(whole.lower()[i]) && Double.isInfinite(whole.upper()[i]);
      placeOf[i] = free ? NONE : count++;
    }
    program = count == placeOf.length ? whole : select(whole, count);
  }

  private QuadraticProgram select(QuadraticProgram whole, int count) {
    SparseMatrix a = whole.constraints();
    SparseMatrix.Builder rows = SparseMatrix.builder(count, a.columns());
    for (int j = 0; j < a.columns(); j++) {
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        if (placeOf[a.rowIndices()[k]] != NONE) {
          rows.add(placeOf[a.rowIndices()[k]], j, a.values()[k]);
        }
      }
    }
    double[] lower = new double[count];
    double[] upper = new double[count];
    for (int i = 0; i < placeOf.length; i++) {
      if (placeOf[i] != NONE) {
        lower[placeOf[i]] = whole.lower()[i];
        upper[placeOf[i]] = whole.upper()[i];
      }
    }
    return new QuadraticProgram(
        whole.name(), whole.quadratic(), whole.linear(), rows.build(), lower, upper);
  }

  /** Number of rows of the whole program. */
  int rowCount() {
    return placeOf.length;
  }

  /** The program of the bounded rows, in their order. */
  QuadraticProgram program() {
    return program;
  }

  /**
   * The multipliers of all rows.
   *
   * @param multipliers of the bounded ones, not modified
   */
  double[] multipliers(double[] multipliers) {
    double[] all = new double[placeOf.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = placeOf[i] == NONE ? 0.0 : multipliers[placeOf[i]];
    }
    return all;
  }
}
