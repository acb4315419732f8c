package io.dualgrid.mask.attack.structure;

import java.util.Arrays;
import java.util.List;

/**
 * A linear dependency of a few rows, Σ cᵢ·gᵢ = 0 with no coefficient zero: whatever invertible map
 * the variables went through, it stays.
 *
 * @param rows numbers of the rows, ascending
 * @param coefficients c, of the same length
 */
record RowDependency(int[] rows, double[] coefficients) {

  int size() {
    return rows.length;
  }

  List<Integer> rowList() {
    return Arrays.stream(rows).boxed().toList();
  }

  boolean contains(int row) {
    return indexOf(row) >= 0;
  }

  /** The coefficient of a row, zero where it is no part of this. */
  double coefficient(int row) {
    int at = indexOf(row);
    return at < 0 ? 0.0 : coefficients[at];
  }

  private int indexOf(int row) {
    return Arrays.binarySearch(rows, row);
  }

  /** The least value of a row that the limits of the others allow, perhaps negative infinity. */
  double least(int row, SeenProgram program) {
    return extreme(row, program, -1);
  }

  /** The greatest value of a row that the limits of the others allow, perhaps infinite. */
  double greatest(int row, SeenProgram program) {
    return extreme(row, program, 1);
  }

  private double extreme(int row, SeenProgram program, int direction) {
    double own = coefficient(row);
    double sum = 0.0;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != row) {
        double factor = -coefficients[i] / own;
        sum += factor * program.side(rows[i], factor * direction > 0);
      }
    }
    return sum;
  }
}
