package io.dualgrid.qp.pure;

import io.dualgrid.qp.SparseMatrix;
import java.util.Arrays;

/**
 * LDLᵀ factorisation of a sparse symmetric quasi-definite matrix after a fill-reducing permutation:
 * D has as many positive entries as the leading block and negative ones for the rest, in any order
 * of elimination (Vanderbei, "Symmetric quasidefinite matrices", SIAM J. Optim. 5(1), 1995), so no
 * pivoting is needed. Up-looking (Davis, "Direct Methods for Sparse Linear Systems", SIAM 2006,
 * chapter 4). The analysis is done once; values may change as long as the pattern stays. Not thread
 * safe.
 */
public final class SparseLdl {
  private final int n;
  private final int[] permutation; // position -> original index
  private final int[] entryPosition; // entry of the given matrix -> entry of the permuted one
  private final int[] columnPointers; // permuted upper triangle
  private final int[] rowIndices;
  private final double[] permuted;
  private final double[] sign; // expected sign of D by position, 0 unknown

  private final int[] parent;
  private final int[] lowerPointers;
  private final int[] lowerIndices;
  private final double[] lowerValues;
  private final double[] d;

  private final double[] work;
  private final int[] pattern;
  private final int[] flag;
  private final int[] filled;
  private final double[] rightHandSide;

  /**
   * Analyses.
   *
   * @param upper upper triangle with its whole diagonal stored; only the pattern is used here
   * @param positive number of leading rows whose block is positive definite; the rest is negative
   */
  public SparseLdl(SparseMatrix upper, int positive) {
    n = upper.columns();
    permutation = MinimumDegreeOrdering.of(n, upper.columnPointers(), upper.rowIndices());
    int[] position = new int[n];
    sign = new double[n];
    for (int k = 0; k < n; k++) {
      position[permutation[k]] = k;
      sign[k] = permutation[k] < positive ? 1.0 : -1.0;
    }
    int nonZeros = upper.nonZeros();
    columnPointers = new int[n + 1];
    rowIndices = new int[nonZeros];
    permuted = new double[nonZeros];
    entryPosition = new int[nonZeros];
    permutePattern(upper, position);

    parent = new int[n];
    lowerPointers = new int[n + 1];
    flag = new int[n];
    analyse();
    lowerIndices = new int[lowerPointers[n]];
    lowerValues = new double[lowerPointers[n]];
    d = new double[n];
    work = new double[n];
    pattern = new int[n];
    filled = new int[n];
    rightHandSide = new double[n];
  }

  private void permutePattern(SparseMatrix upper, int[] position) {
    int[] pointers = upper.columnPointers();
    int[] indices = upper.rowIndices();
    for (int j = 0; j < n; j++) {
      for (int k = pointers[j]; k < pointers[j + 1]; k++) {
        columnPointers[Math.max(position[indices[k]], position[j]) + 1]++;
      }
    }
    for (int j = 0; j < n; j++) {
      columnPointers[j + 1] += columnPointers[j];
    }
    int[] nextFree = Arrays.copyOf(columnPointers, n);
    for (int j = 0; j < n; j++) {
      for (int k = pointers[j]; k < pointers[j + 1]; k++) {
        int a = position[indices[k]];
        int b = position[j];
        int place = nextFree[Math.max(a, b)]++;
        rowIndices[place] = Math.min(a, b);
        entryPosition[k] = place;
      }
    }
  }

  /** Elimination tree and column counts of L. */
  private void analyse() {
    int[] counts = new int[n];
    Arrays.fill(flag, -1);
    for (int j = 0; j < n; j++) {
      parent[j] = -1;
      flag[j] = j;
      for (int k = columnPointers[j]; k < columnPointers[j + 1]; k++) {
        int i = rowIndices[k];
        while (i != j && flag[i] != j) {
          if (parent[i] < 0) {
            parent[i] = j;
          }
          counts[i]++;
          flag[i] = j;
          i = parent[i];
        }
      }
    }
    for (int j = 0; j < n; j++) {
      lowerPointers[j + 1] = lowerPointers[j] + counts[j];
    }
  }

  /** Number of entries of L below the diagonal. */
  public int factorNonZeros() {
    return lowerPointers[n];
  }

  /**
   * Factorises.
   *
   * @param values in the order of the matrix given to the constructor
   * @return number of pivots that were too small or of the wrong sign and were replaced
   */
  public int factorise(double[] values) {
    for (int k = 0; k < values.length; k++) {
      permuted[entryPosition[k]] = values[k];
    }
    int replaced = 0;
    Arrays.fill(flag, -1);
    Arrays.fill(filled, 0);
    for (int j = 0; j < n; j++) {
      int top = n;
      flag[j] = j;
      double diagonal = 0.0;
      for (int k = columnPointers[j]; k < columnPointers[j + 1]; k++) {
        int i = rowIndices[k];
        if (i == j) {
          diagonal += permuted[k];
          continue;
        }
        work[i] += permuted[k];
        int length = 0;
        while (flag[i] != j) {
          pattern[length++] = i;
          flag[i] = j;
          i = parent[i];
        }
        while (length > 0) {
          pattern[--top] = pattern[--length];
        }
      }
      for (; top < n; top++) {
        int i = pattern[top];
        double value = work[i];
        work[i] = 0.0;
        int begin = lowerPointers[i];
        int end = begin + filled[i];
        for (int k = begin; k < end; k++) {
          work[lowerIndices[k]] -= lowerValues[k] * value;
        }
        double factor = value / d[i];
        diagonal -= factor * value;
        lowerIndices[end] = j;
        lowerValues[end] = factor;
        filled[i]++;
      }
      if (!(diagonal * sign[j] > 1e-14)) {
        diagonal = sign[j] * 1e-7;
        replaced++;
      }
      d[j] = diagonal;
    }
    return replaced;
  }

  /**
   * Solves with the last factors.
   *
   * @param b length n, overwritten with the solution
   */
  public void solve(double[] b) {
    for (int k = 0; k < n; k++) {
      rightHandSide[k] = b[permutation[k]];
    }
    for (int j = 0; j < n; j++) {
      double value = rightHandSide[j];
      if (value != 0.0) {
        for (int k = lowerPointers[j]; k < lowerPointers[j + 1]; k++) {
          rightHandSide[lowerIndices[k]] -= lowerValues[k] * value;
        }
      }
    }
    for (int j = n - 1; j >= 0; j--) {
      double value = rightHandSide[j] / d[j];
      for (int k = lowerPointers[j]; k < lowerPointers[j + 1]; k++) {
        value -= lowerValues[k] * rightHandSide[lowerIndices[k]];
      }
      rightHandSide[j] = value;
    }
    for (int k = 0; k < n; k++) {
      b[permutation[k]] = rightHandSide[k];
    }
  }
}
