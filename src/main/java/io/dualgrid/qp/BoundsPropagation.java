package io.dualgrid.qp;

import java.util.Arrays;

/**
 * What rows imply for the bounds of each variable, and which sides of which rows can never bind, by
 * bounds propagation: every row bounds each of its variables by the bounds of the others, over and
 * over; a side of a row is slack when the largest value that the bounds allow stays clearly inside
 * it (Savelsbergh, "Preprocessing and probing techniques for mixed integer programming problems",
 * ORSA J. Computing 6, 1994).
 *
 * <p>All slack sides may be dropped at once without changing the feasible set S, if S is not empty.
 * Suppose x̂ met all kept sides but not a dropped one, and take any x in S: somewhere on the
 * segment from x to x̂ a dropped side binds for the first time, at a point that still meets every
 * side, so it lies in S and has a slack side binding: a contradiction. The strict margin is what
 * carries the argument; two sides that imply each other are not both slack. If S is empty the
 * reduced program may have solutions, which the check against all rows then refuses.
 */
public final class BoundsPropagation {
  /** Sweeps over all rows; more only tighten further. */
  private static final int MAX_SWEEPS = 12;

  /** A bound counts as tightened when it moves by more than this, relative. */
  private static final double PROGRESS = 1e-3;

  /** Far above the rounding of a few hundred additions, far below any width in a program. */
  private static final double MARGIN = 1e-6;

  /** A state is 0 where it must be below 1 by more than this, and the other way round. */
  private static final double WHOLE = 1e-6;

  /** Bounds that pass each other by less than this do so by rounding, per unit. */
  private static final double ROUNDING = 1e-7;

  private final SparseMatrix rows; // column i holds row i
  private final double[] rowLower;
  private final double[] rowUpper;
  private final boolean[] whole;
  private final double[] lower;
  private final double[] upper;

  /**
   * Propagates. O(sweeps · entries).
   *
   * @param rows transposed: column i holds row i
   * @param rowLower of each row
   * @param rowUpper of each row
   * @param whole which variables are 0 or 1
   */
  public BoundsPropagation(
      SparseMatrix rows, double[] rowLower, double[] rowUpper, boolean[] whole) {
    this.rows = rows;
    this.rowLower = rowLower;
    this.rowUpper = rowUpper;
    this.whole = whole;
    lower = new double[rows.rows()];
    upper = new double[rows.rows()];
    Arrays.fill(lower, Double.NEGATIVE_INFINITY);
    Arrays.fill(upper, Double.POSITIVE_INFINITY);
    for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
      boolean progress = false;
      for (int i = 0; i < rows.columns(); i++) {
        progress |= tighten(i);
      }
      if (!progress) {
        break;
      }
    }
  }

  /** Whether no values of the variables keep all rows; true only where that is proved. */
  public boolean contradictory() {
    for (int j = 0; j < lower.length; j++) {
      if (lower[j] > upper[j] + ROUNDING) {
        return true;
      }
    }
    return false;
  }

  /** Least value of a variable, perhaps negative infinity. */
  public double lower(int variable) {
    return lower[variable];
  }

  /** Largest value of a variable, perhaps infinity. */
  public double upper(int variable) {
    return upper[variable];
  }

  /** Whether the lower side of a row can bind; false when it has none. */
  public boolean lowerCanBind(int row) {
    double bound = rowLower[row];
    return bound != Double.NEGATIVE_INFINITY
        && !(smallest(row) > bound + MARGIN * Math.max(1.0, Math.abs(bound)));
  }

  /** Whether the upper side of a row can bind; false when it has none. */
  public boolean upperCanBind(int row) {
    double bound = rowUpper[row];
    return bound != Double.POSITIVE_INFINITY
        && !(largest(row) < bound - MARGIN * Math.max(1.0, Math.abs(bound)));
  }

  /** Smallest value of a row that the propagated bounds allow, perhaps negative infinity. */
  public double smallest(int row) {
    double sum = 0.0;
    for (int k = rows.columnPointers()[row]; k < rows.columnPointers()[row + 1]; k++) {
      sum += term(k, rows.values()[k] > 0 ? lower : upper);
    }
    return sum;
  }

  /** Largest value of a row that the propagated bounds allow, perhaps positive infinity. */
  public double largest(int row) {
    double sum = 0.0;
    for (int k = rows.columnPointers()[row]; k < rows.columnPointers()[row + 1]; k++) {
      sum += term(k, rows.values()[k] > 0 ? upper : lower);
    }
    return sum;
  }

  /** Largest value of a term, perhaps positive infinity; by its place in the transposed rows. */
  public double largestTerm(int entry) {
    return term(entry, rows.values()[entry] > 0 ? upper : lower);
  }

  private double term(int k, double[] bounds) {
    double coefficient = rows.values()[k];
    return coefficient == 0.0 ? 0.0 : coefficient * bounds[rows.rowIndices()[k]];
  }

  private boolean tighten(int row) {
    boolean progress = false;
    int start = rows.columnPointers()[row];
    int end = rows.columnPointers()[row + 1];
    for (int k = start; k < end; k++) {
      double coefficient = rows.values()[k];
      if (coefficient == 0.0) {
        continue;
      }
      double restSmallest = 0.0;
      double restLargest = 0.0;
      for (int other = start; other < end; other++) {
        if (other != k) {
          boolean positive = rows.values()[other] > 0;
          restSmallest += term(other, positive ? lower : upper);
          restLargest += term(other, positive ? upper : lower);
        }
      }
      double most = (rowUpper[row] - restSmallest) / coefficient;
      double least = (rowLower[row] - restLargest) / coefficient;
      int j = rows.rowIndices()[k];
      progress |= tighten(j, coefficient > 0 ? least : most, coefficient > 0 ? most : least);
    }
    return progress;
  }

  private boolean tighten(int j, double least, double most) {
    return raise(j, whole[j] && least > WHOLE ? Math.max(1.0, least) : least)
        | lessen(j, whole[j] && most < 1.0 - WHOLE ? Math.min(0.0, most) : most);
  }

  private boolean raise(int j, double least) {
    if (!(least > lower[j])) { // true for NaN, which ∞ − ∞ cannot give here
      return false;
    }
    boolean progress = !(least - lower[j] <= PROGRESS * Math.max(1.0, Math.abs(least)));
    lower[j] = least;
    return progress;
  }

  private boolean lessen(int j, double most) {
    if (!(most < upper[j])) {
      return false;
    }
    boolean progress = !(upper[j] - most <= PROGRESS * Math.max(1.0, Math.abs(most)));
    upper[j] = most;
    return progress;
  }
}
