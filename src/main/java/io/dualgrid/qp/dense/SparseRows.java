package io.dualgrid.qp.dense;

import io.dualgrid.qp.SparseMatrix;

/**
 * Rows of few entries, in any order and perhaps more than one at a place, which add up.
 *
 * @param starts entries of row i are from starts[i] to starts[i + 1]; starts[0] is 0. Not modified
 * @param columns of the entries; not modified
 * @param values of the entries; not modified
 */
public record SparseRows(int[] starts, int[] columns, double[] values) {
  /**
   * Takes the arrays as they are.
   *
   * @throws IllegalArgumentException when they are not rows of a matrix
   */
  public SparseRows {
    boolean rising = starts.length > 0 && starts[0] == 0;
    for (int i = 0; rising && i < starts.length - 1; i++) {
      rising = starts[i + 1] >= starts[i];
    }
    if (!rising || starts[starts.length - 1] > Math.min(columns.length, values.length)) {
      throw new IllegalArgumentException(
          "sparse rows of " + columns.length + " columns and " + values.length + " values");
    }
  }

  /** The columns of a matrix as rows. */
  public static SparseRows ofColumns(SparseMatrix matrix) {
    return new SparseRows(matrix.columnPointers(), matrix.rowIndices(), matrix.values());
  }

  /** Some of the rows, in the order given. */
  public SparseRows select(int[] rows) {
    int[] selectedStarts = new int[rows.length + 1];
    for (int r = 0; r < rows.length; r++) {
      selectedStarts[r + 1] = selectedStarts[r] + starts[rows[r] + 1] - starts[rows[r]];
    }
    int[] selectedColumns = new int[selectedStarts[rows.length]];
    double[] selectedValues = new double[selectedStarts[rows.length]];
    for (int r = 0; r < rows.length; r++) {
      int from = starts[rows[r]];
      int count = starts[rows[r] + 1] - from;
      System.arraycopy(columns, from, selectedColumns, selectedStarts[r], count);
      System.arraycopy(values, from, selectedValues, selectedStarts[r], count);
    }
    return new SparseRows(selectedStarts, selectedColumns, selectedValues);
  }

  /** Number of rows. */
  public int count() {
    return starts.length - 1;
  }

  /** Number of entries. */
  public int entries() {
    return starts[starts.length - 1];
  }

  /**
   * Entries of the given columns only.
   *
   * @throws IllegalArgumentException for a column that is not of 0 to count − 1
   */
  void requireColumnsBelow(int count) {
    for (int p = 0; p < entries(); p++) {
      requireColumn(columns[p], count);
    }
  }

  /**
   * Entries below the diagonal only.
   *
   * @throws IllegalArgumentException for any other
   */
  void requireBelowDiagonal() {
    for (int i = 0; i < count(); i++) {
      for (int p = starts[i]; p < starts[i + 1]; p++) {
        requireColumn(columns[p], i);
      }
    }
  }

  private static void requireColumn(int column, int bound) {
    if (column < 0 || column >= bound) {
      throw new IllegalArgumentException("an entry of column " + column + " of " + bound);
    }
  }

  /** target[at … at + length) = row i · rows of a matrix of that length. */
  void multiplyRow(int i, double[] matrix, double[] target, int at, int length) {
    for (int p = starts[i]; p < starts[i + 1]; p++) {
      Dense.add(matrix, columns[p] * length, values[p], target, at, length);
    }
  }

  /** Dimensions only: entries may be a secret. */
  @Override
  public String toString() {
    return "SparseRows[" + count() + " rows, " + entries() + " entries]";
  }
}
