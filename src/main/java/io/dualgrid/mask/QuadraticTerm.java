package io.dualgrid.mask;

import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.SparseRows;
import io.dualgrid.qp.dense.SquareMatrix;
import java.util.Arrays;

/**
 * P of an energy system, on the variables that it touches, which are few: penalties, and devices.
 */
final class QuadraticTerm {
  private final int[] touched; // variables with an entry that is not zero, rising
  private final SparseRows weights; // P among them, both triangles

  /**
   * Finds what is touched. O(n + entries).
   *
   * @param quadratic the upper triangle of P, n by n
   */
  QuadraticTerm(SparseMatrix quadratic) {
    int n = quadratic.columns();
    int[] entries = new int[n]; // in the row of each variable
    forEachEntry(quadratic, (row, column, value) -> entries[row]++);
    touched = new int[(int) Arrays.stream(entries).filter(count -> count > 0).count()];
    int[] position = new int[n];
    int[] starts = new int[touched.length + 1];
    int count = 0;
    for (int j = 0; j < n; j++) {
      if (entries[j] > 0) {
        position[j] = count;
        touched[count] = j;
        starts[count + 1] = starts[count] + entries[j];
        count++;
      }
    }
    int[] columns = new int[starts[count]];
    double[] values = new double[starts[count]];
    int[] next = Arrays.copyOf(starts, count);
    forEachEntry(
        quadratic,
        (row, column, value) -> {
          int at = next[position[row]]++;
          columns[at] = position[column];
          values[at] = value;
        });
    weights = new SparseRows(starts, columns, values);
  }

  private interface Entry {
    void take(int row, int column, double value);
  }

  private static void forEachEntry(SparseMatrix upper, Entry entry) {
    for (int j = 0; j < upper.columns(); j++) {
      for (int s = upper.columnPointers()[j]; s < upper.columnPointers()[j + 1]; s++) {
        int i = upper.rowIndices()[s];
        double value = upper.values()[s];
        if (value != 0.0) {
          entry.take(i, j, value);
          if (i != j) {
            entry.take(j, i, value);
          }
        }
      }
    }
  }

  /**
   * ZᵀPZ of Z = S·U.
   *
   * @param rows S, one for each variable
   * @param free U, of order k
   * @return k by k
   */
  double[] on(SparseRows rows, SquareMatrix free) {
    return free.congruence(rows.select(touched), weights);
  }
}
