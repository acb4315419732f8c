package io.dualgrid.commitment;

import io.dualgrid.qp.SparseMatrix;
import java.util.Arrays;

/**
 * What rows imply for the bounds of each variable, by the least and the most that the other terms
 * of a row can come to (Savelsbergh, "Preprocessing and probing techniques for mixed integer
 * programming problems", ORSA J. on Computing 6, 1994). A heat pump need not give more than the
 * load and a full charge of the store together, whatever its size.
 *
 * @param lower of each variable
 * @param upper of each variable
 */
record ImpliedBounds(double[] lower, double[] upper) {
  /** Bounds move by more than this, per unit, or stay: a watt on a base of 1 MVA. */
  private static final double WORTHWHILE = 1e-6;

  /** Bounds that pass each other by less than this do so by rounding, per unit. */
  private static final double ROUNDING = 1e-7;

  /** Chains of rows, such as those of a store, converge slowly, and gain little. */
  private static final int MOST_PASSES = 10;

  /** A state is 0 where it must be below 1 by more than this, and the other way round. */
  private static final double WHOLE = 1e-6;

  /** A matrix by rows: those of row i are the entries from pointers[i] to pointers[i + 1]. */
  static final class Rows {
    private final int columns;
    final int[] pointers;
    final int[] indices;
    final double[] values;

    Rows(SparseMatrix matrix) {
      columns = matrix.columns();
      int[] next = new int[matrix.rows() + 1];
      for (int row : matrix.rowIndices()) {
        next[row + 1]++;
      }
      Arrays.parallelPrefix(next, Integer::sum);
      pointers = next.clone();
      indices = new int[matrix.nonZeros()];
      values = new double[matrix.nonZeros()];
      for (int j = 0; j < columns; j++) {
        for (int k = matrix.columnPointers()[j]; k < matrix.columnPointers()[j + 1]; k++) {
          int place = next[matrix.rowIndices()[k]]++;
          indices[place] = j;
          values[place] = matrix.values()[k];
        }
      }
    }
  }

  /**
   * Follows the rows.
   *
   * @param lower of each row
   * @param upper of each row
   * @param whole which variables are 0 or 1
   * @return null where no values of the variables keep all rows
   */
  static ImpliedBounds of(Rows rows, double[] lower, double[] upper, boolean[] whole) {
    double[] least = new double[rows.columns];
    double[] most = new double[rows.columns];
    Arrays.fill(least, Double.NEGATIVE_INFINITY);
    Arrays.fill(most, Double.POSITIVE_INFINITY);
    ImpliedBounds bounds = new ImpliedBounds(least, most);
    boolean moved = true;
    for (int pass = 0; moved && pass < MOST_PASSES; pass++) {
      moved = false;
      for (int row = 0; row < lower.length; row++) {
        moved |= bounds.follow(rows, row, lower[row], upper[row], whole);
      }
      for (int j = 0; j < least.length; j++) {
        if (least[j] > most[j] + ROUNDING) {
          return null;
        }
      }
    }
    return bounds;
  }

  private boolean follow(Rows rows, int row, double low, double high, boolean[] whole) {
    int begin = rows.pointers[row];
    int end = rows.pointers[row + 1];
    double sumLeast = 0.0; // of the terms whose least is finite
    double sumMost = 0.0;
    int withoutLeast = 0;
    int withoutMost = 0;
    for (int k = begin; k < end; k++) {
      double leastTerm = least(rows.values[k], rows.indices[k]);
      double mostTerm = -least(-rows.values[k], rows.indices[k]);
      withoutLeast += leastTerm > Double.NEGATIVE_INFINITY ? 0 : 1;
      withoutMost += mostTerm < Double.POSITIVE_INFINITY ? 0 : 1;
      sumLeast += leastTerm > Double.NEGATIVE_INFINITY ? leastTerm : 0.0;
      sumMost += mostTerm < Double.POSITIVE_INFINITY ? mostTerm : 0.0;
    }
    boolean moved = false;
    for (int k = begin; k < end; k++) {
      double factor = rows.values[k];
      int j = rows.indices[k];
      double leastTerm = least(factor, j);
      double mostTerm = -least(-factor, j);
      double mostOfThis =
          high - others(sumLeast, withoutLeast, leastTerm, Double.NEGATIVE_INFINITY);
      double leastOfThis = low - others(sumMost, withoutMost, mostTerm, Double.POSITIVE_INFINITY);
      double first = factor > 0 ? leastOfThis / factor : mostOfThis / factor;
      double second = factor > 0 ? mostOfThis / factor : leastOfThis / factor;
      if (factor != 0.0) {
        moved |= raise(j, first, whole[j]) | lessen(j, second, whole[j]);
      }
    }
    return moved;
  }

  /** Least value of a term; zero for a factor of zero, whatever the bounds. */
  private double least(double factor, int j) {
    if (factor == 0.0) {
      return 0.0;
    }
    return factor > 0 ? factor * lower[j] : factor * upper[j];
  }

  /** Sum of a row without one of its terms; without any limit where another has none. */
  private static double others(double sum, int without, double term, double none) {
    boolean self = term == none;
    if (without > (self ? 1 : 0)) {
      return none;
    }
    return self ? sum : sum - term;
  }

  private boolean raise(int j, double value, boolean whole) {
    double raised = whole && value > WHOLE ? 1.0 : value;
    if (raised > upper[j] + ROUNDING) {
      lower[j] = raised; // passes the other: no point
      return true;
    }
    if (!(raised > lower[j] + WORTHWHILE)) {
      return false;
    }
    lower[j] = Math.min(raised, upper[j]);
    return true;
  }

  private boolean lessen(int j, double value, boolean whole) {
    double lessened = whole && value < 1.0 - WHOLE ? 0.0 : value;
    if (lessened < lower[j] - ROUNDING) {
      upper[j] = lessened;
      return true;
    }
    if (!(lessened < upper[j] - WORTHWHILE)) {
      return false;
    }
    upper[j] = Math.max(lessened, lower[j]);
    return true;
  }
}
