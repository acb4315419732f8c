package io.dualgrid.qp;

import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable sparse matrix in compressed sparse column (CSC) form, row indices ascending within
 * each column, no duplicates. Explicit zeros are kept: an entry that is zero now may be updated
 * later.
 */
public final class SparseMatrix {
  private final int rows;
  private final int columns;
  private final int[] columnPointers;
  private final int[] rowIndices;
  private final double[] values;

  /**
   * Takes ownership of the arrays, which must not be modified afterwards.
   *
   * @param rows number of rows
   * @param columns number of columns
   * @param columnPointers length columns + 1, starts at 0, not decreasing
   * @param rowIndices length columnPointers[columns], ascending within each column
   * @param values same length as rowIndices, finite
   * @throws IllegalArgumentException when the arrays do not form such a matrix
   */
  public SparseMatrix(
      int rows, int columns, int[] columnPointers, int[] rowIndices, double[] values) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException("negative dimension: " + rows + " x " + columns);
    }
    Objects.requireNonNull(columnPointers, "columnPointers");
    if (columnPointers.length != columns + 1 || columnPointers[0] != 0) {
      throw new IllegalArgumentException(
          "column pointers must have length " + (columns + 1) + " and start at 0");
    }
    int nonZeros = columnPointers[columns];
    if (rowIndices.length != nonZeros || values.length != nonZeros) {
      throw new IllegalArgumentException(
          "expected " + nonZeros + " entries, got " + rowIndices.length + "/" + values.length);
    }
    for (int j = 0; j < columns; j++) {
      if (columnPointers[j + 1] < columnPointers[j] || columnPointers[j + 1] > nonZeros) {
        throw new IllegalArgumentException("column pointers decrease at column " + j);
      }
      for (int k = columnPointers[j]; k < columnPointers[j + 1]; k++) {
        int row = rowIndices[k];
        if (row < 0 || row >= rows || (k > columnPointers[j] && row <= rowIndices[k - 1])) {
          throw new IllegalArgumentException("row index " + row + " in column " + j);
        }
        if (!Double.isFinite(values[k])) {
          throw new IllegalArgumentException(
              "entry (" + row + ", " + j + ") is not finite: " + values[k]);
        }
      }
    }
    this.rows = rows;
    this.columns = columns;
    this.columnPointers = columnPointers;
    this.rowIndices = rowIndices;
    this.values = values;
  }

  /** Starts collecting entries of a matrix with the given dimensions. */
  public static Builder builder(int rows, int columns) {
    return new Builder(rows, columns);
  }

  /** An n by n matrix with the given diagonal, all n entries stored. */
  public static SparseMatrix diagonal(double[] diagonal) {
    int n = diagonal.length;
    int[] pointers = new int[n + 1];
    int[] indices = new int[n];
    for (int j = 0; j < n; j++) {
      pointers[j + 1] = j + 1;
      indices[j] = j;
    }
    return new SparseMatrix(n, n, pointers, indices, diagonal.clone());
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** Number of stored entries. */
  public int nonZeros() {
    return values.length;
  }

  /** The column pointers themselves, length columns + 1; not to be modified. */
  public int[] columnPointers() {
    return columnPointers;
  }

  /** The row indices themselves; not to be modified. */
  public int[] rowIndices() {
    return rowIndices;
  }

  /** The values themselves; not to be modified. */
  public double[] values() {
    return values;
  }

  /**
   * y = A x.
   *
   * @param x length columns, not modified
   * @param y length rows, overwritten
   */
  public void multiply(double[] x, double[] y) {
    Arrays.fill(y, 0, rows, 0.0);
    for (int j = 0; j < columns; j++) {
      double xj = x[j];
      if (xj != 0.0) {
        for (int k = columnPointers[j]; k < columnPointers[j + 1]; k++) {
          y[rowIndices[k]] += values[k] * xj;
        }
      }
    }
  }

  /**
   * y = Aᵀ x.
   *
   * @param x length rows, not modified
   * @param y length columns, overwritten
   */
  public void multiplyTransposed(double[] x, double[] y) {
    for (int j = 0; j < columns; j++) {
      double sum = 0.0;
      for (int k = columnPointers[j]; k < columnPointers[j + 1]; k++) {
        sum += values[k] * x[rowIndices[k]];
      }
      y[j] = sum;
    }
  }

  /** The transposed matrix. */
  public SparseMatrix transpose() {
    int[] pointers = new int[rows + 1];
    for (int row : rowIndices) {
      pointers[row + 1]++;
    }
    for (int i = 0; i < rows; i++) {
      pointers[i + 1] += pointers[i];
    }
    int[] next = Arrays.copyOf(pointers, rows);
    int[] indices = new int[values.length];
    double[] transposed = new double[values.length];
    for (int j = 0; j < columns; j++) {
      for (int k = columnPointers[j]; k < columnPointers[j + 1]; k++) {
        int position = next[rowIndices[k]]++;
        indices[position] = j;
        transposed[position] = values[k];
      }
    }
    return new SparseMatrix(columns, rows, pointers, indices, transposed);
  }

  @Override
  public String toString() {
    return "SparseMatrix[" + rows + " x " + columns + ", " + values.length + " entries]";
  }

  /** Collects entries in any order; entries at the same place are added up. */
  public static final class Builder {
    private final int rows;
    private final int columns;
    private int size;
    private int[] entryRows = new int[64];
    private int[] entryColumns = new int[64];
    private double[] entryValues = new double[64];

    private Builder(int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
    }

    /**
     * Adds a value at a place.
     *
     * @throws IndexOutOfBoundsException when the place lies outside the matrix
     */
    public Builder add(int row, int column, double value) {
      Objects.checkIndex(row, rows);
      Objects.checkIndex(column, columns);
      if (size == entryValues.length) {
        entryRows = Arrays.copyOf(entryRows, 2 * size);
        entryColumns = Arrays.copyOf(entryColumns, 2 * size);
        entryValues = Arrays.copyOf(entryValues, 2 * size);
      }
      entryRows[size] = row;
      entryColumns[size] = column;
      entryValues[size++] = value;
      return this;
    }

    /** The matrix of all entries added so far. */
    public SparseMatrix build() {
      // Two stable counting sorts (by row, then by column) give ascending rows in each column.
      int[] byRow = countingSort(entryRows, rows, identity(size));
      int[] order = countingSort(entryColumns, columns, byRow);
      int[] pointers = new int[columns + 1];
      int[] indices = new int[size];
      double[] summed = new double[size];
      int count = 0;
      int previous = -1;
      for (int position : order) {
        boolean duplicate =
            previous >= 0
                && entryRows[previous] == entryRows[position]
                && entryColumns[previous] == entryColumns[position];
        if (duplicate) {
          summed[count - 1] += entryValues[position];
        } else {
          indices[count] = entryRows[position];
          summed[count] = entryValues[position];
          pointers[entryColumns[position] + 1]++;
          count++;
        }
        previous = position;
      }
      for (int j = 0; j < columns; j++) {
        pointers[j + 1] += pointers[j];
      }
      return new SparseMatrix(
          rows, columns, pointers, Arrays.copyOf(indices, count), Arrays.copyOf(summed, count));
    }

    private static int[] identity(int n) {
      int[] order = new int[n];
      for (int i = 0; i < n; i++) {
        order[i] = i;
      }
      return order;
    }

    private static int[] countingSort(int[] keys, int keyCount, int[] order) {
      int[] start = new int[keyCount + 1];
      for (int position : order) {
        start[keys[position] + 1]++;
      }
      for (int i = 0; i < keyCount; i++) {
        start[i + 1] += start[i];
      }
      int[] sorted = new int[order.length];
      for (int position : order) {
        sorted[start[keys[position]]++] = position;
      }
      return sorted;
    }
  }
}
