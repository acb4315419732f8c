package io.dualgrid.qp.java;

import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.util.Arrays;

/**
 * Whether a direction proves that the objective has no lower bound on the constraints: Pd = 0, qᵀd
 * &lt; 0, and Ad in the recession cone of [l, u] (Banjac, Goulart, Stellato and Boyd, J. Optim.
 * Theory Appl. 183, 2019, section 3.1). The points of such a program grow along one.
 *
 * <p>A direction of a solver is one up to small parts, which are dropped, as is what runs against a
 * bound of one variable. What is left is judged term by term: a sum counts as zero where its terms
 * cancel, not where they are small. Whatever the units of a row, a variable with two bounds of its
 * own has no part in a direction that passes.
 */
final class RecessionProof {
  /** Parts of the largest entry of a direction that count as none. */
  private static final double NONE = 1e-6;

  /** Sums are zero when they are below this part of the terms they are made of. */
  private static final double ROUNDING = 1e-9;

  private final QuadraticProgram program;
  private final int[] entriesOfRow;
  private final double[] direction;
  private final double[] rows;
  private final double[] rowTerms;
  private final double[] columns;
  private final double[] columnTerms;

  RecessionProof(QuadraticProgram program) {
    this.program = program;
    entriesOfRow = new int[program.rowCount()];
    for (int row : program.constraints().rowIndices()) {
      entriesOfRow[row]++;
    }
    direction = new double[program.variableCount()];
    rows = new double[program.rowCount()];
    rowTerms = new double[program.rowCount()];
    columns = new double[program.variableCount()];
    columnTerms = new double[program.variableCount()];
  }

  /**
   * Whether it does.
   *
   * @param step of the variables, its first n entries, not modified
   * @param linear q, not modified
   * @param quadratic P, its upper triangle
   */
  boolean proves(double[] step, double[] linear, SparseMatrix quadratic) {
    if (!clean(step)) {
      return false;
    }
    double decrease = 0.0;
    double terms = 0.0;
    for (int j = 0; j < direction.length; j++) {
      decrease -= linear[j] * direction[j];
      terms += Math.abs(linear[j] * direction[j]);
    }
    return decrease > ROUNDING * terms && isFlat(quadratic) && staysWithinRows();
  }

  /** Takes over the direction, its largest entry 1; false where it is none. */
  private boolean clean(double[] step) {
    double length = 0.0;
    for (int j = 0; j < direction.length; j++) {
      length = Math.max(length, Math.abs(step[j]));
    }
    if (!(length > 0) || Double.isInfinite(length)) {
      return false;
    }
    SparseMatrix a = program.constraints();
    for (int j = 0; j < direction.length; j++) {
      double part = step[j] / length;
      direction[j] = Math.abs(part) > NONE ? part : 0.0;
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        int row = a.rowIndices()[k];
        if (entriesOfRow[row] == 1 && leaves(row, a.values()[k] * direction[j], 0.0)) {
          direction[j] = 0.0;
        }
      }
    }
    return true;
  }

  private boolean leaves(int row, double change, double room) {
    return change > room && program.upper()[row] < Double.POSITIVE_INFINITY
        || change < -room && program.lower()[row] > Double.NEGATIVE_INFINITY;
  }

  private boolean isFlat(SparseMatrix p) {
    Arrays.fill(columns, 0.0);
    Arrays.fill(columnTerms, 0.0);
    for (int j = 0; j < direction.length; j++) {
      for (int k = p.columnPointers()[j]; k < p.columnPointers()[j + 1]; k++) {
        int i = p.rowIndices()[k];
        add(columns, columnTerms, i, p.values()[k] * direction[j]);
        if (i != j) {
          add(columns, columnTerms, j, p.values()[k] * direction[i]);
        }
      }
    }
    for (int j = 0; j < direction.length; j++) {
      if (Math.abs(columns[j]) > ROUNDING * columnTerms[j]) {
        return false;
      }
    }
    return true;
  }

  private boolean staysWithinRows() {
    Arrays.fill(rows, 0.0);
    Arrays.fill(rowTerms, 0.0);
    SparseMatrix a = program.constraints();
    for (int j = 0; j < direction.length; j++) {
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        add(rows, rowTerms, a.rowIndices()[k], a.values()[k] * direction[j]);
      }
    }
    for (int i = 0; i < rows.length; i++) {
      if (leaves(i, rows[i], ROUNDING * rowTerms[i])) {
        return false;
      }
    }
    return true;
  }

  private static void add(double[] sums, double[] terms, int place, double term) {
    sums[place] += term;
    terms[place] += Math.abs(term);
  }
}
