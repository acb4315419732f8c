package io.dualgrid.qp.java;

import io.dualgrid.qp.SparseMatrix;
import java.util.Arrays;

/**
 * The factorisation K = L·D·Lᵀ of a symmetric quasi-definite matrix whose pattern stays while its
 * values change, without pivoting: such a matrix has one in every order (Vanderbei, "Symmetric
 * quasidefinite matrices", SIAM J. Optim. 5(1), 1995), so the order is chosen for sparsity alone.
 *
 * <p>Columns are computed left-looking. A column of L depends only on the columns below it in the
 * elimination tree, so when a few entries change, only the columns on the paths from them to the
 * root are computed again (Davis, "Direct methods for sparse linear systems", SIAM 2006, chapters 4
 * and 6).
 *
 * <p>Nothing is allocated after construction. Not thread safe.
 */
public final class SparseLdl {
  private static final int NONE = -1;

  // A pivot that is smaller, or of the wrong sign, is replaced by one that keeps the factors
  // bounded.
  private static final double LEAST_PIVOT = 1e-14;
  private static final double SUBSTITUTE_PIVOT = 1e-7;

  private final int n;
  private final int positive;
  private final int[] order; // order[k]: the row of K that is eliminated as the k-th
  private final int[] inverse;

  // The lower triangle of the permuted matrix by columns, its diagonal apart; where its values lie
  // in the caller's array.
  private final int[] kPointers;
  private final int[] kRows;
  private final int[] kSource;
  private final int[] diagonalSource;

  private final int[] parent;
  private final int[] lPointers;
  private final int[] lRows;
  private final double[] lValues;
  private final double[] pivots;
  private final double[] inversePivots;

  // The rows of L: in which columns row j has entries, and where.
  private final int[] rowPointers;
  private final int[] rowColumns;
  private final int[] rowPlaces;

  private final boolean[] stale;
  private boolean anyStale = true;
  private final double[] work;

  /**
   * Orders the matrix and finds the pattern of L.
   *
   * @param upper upper triangle of K, the whole diagonal stored; only its pattern is used here
   * @param positive number of leading rows whose block is positive definite; the rest is negative
   */
  public SparseLdl(SparseMatrix upper, int positive) {
    n = upper.columns();
    this.positive = positive;
    int[] columnPointers = upper.columnPointers();
    int[] rowIndices = upper.rowIndices();
    order = postordered(n, columnPointers, rowIndices);
    inverse = new int[n];
    for (int k = 0; k < n; k++) {
      inverse[order[k]] = k;
    }

    int entries = columnPointers[n] - n;
    kPointers = new int[n + 1];
    kRows = new int[entries];
    kSource = new int[entries];
    diagonalSource = new int[n];
    permute(columnPointers, rowIndices);

    parent = new int[n];
    int[] rowCounts = new int[n];
    int[] columnCounts = new int[n];
    int[] upperPointers = new int[n + 1];
    int[] upperRows = new int[entries];
    transposePattern(upperPointers, upperRows);
    countEntries(upperPointers, upperRows, rowCounts, columnCounts);

    lPointers = new int[n + 1];
    rowPointers = new int[n + 1];
    for (int j = 0; j < n; j++) {
      lPointers[j + 1] = Math.addExact(lPointers[j], columnCounts[j]);
      rowPointers[j + 1] = rowPointers[j] + rowCounts[j];
    }
    lRows = new int[lPointers[n]];
    lValues = new double[lPointers[n]];
    rowColumns = new int[lPointers[n]];
    rowPlaces = new int[lPointers[n]];
    fillPattern(upperPointers, upperRows);

    pivots = new double[n];
    inversePivots = new double[n];
    stale = new boolean[n];
    Arrays.fill(stale, true);
    work = new double[n];
  }

  // The order of least degree, made a postorder of its elimination tree: same fill, but the columns
  // that a change touches lie together.
  private static int[] postordered(int n, int[] columnPointers, int[] rowIndices) {
    int[] order = MinimumDegreeOrdering.of(n, columnPointers, rowIndices);
    int[] inverse = new int[n];
    for (int k = 0; k < n; k++) {
      inverse[order[k]] = k;
    }
    // Upper triangle of the permuted matrix by columns.
    int[] pointers = new int[n + 1];
    for (int j = 0; j < n; j++) {
      for (int k = columnPointers[j]; k < columnPointers[j + 1]; k++) {
        pointers[Math.max(inverse[j], inverse[rowIndices[k]]) + 1]++;
      }
    }
    for (int j = 0; j < n; j++) {
      pointers[j + 1] += pointers[j];
    }
    int[] next = Arrays.copyOf(pointers, n);
    int[] rows = new int[pointers[n]];
    for (int j = 0; j < n; j++) {
      for (int k = columnPointers[j]; k < columnPointers[j + 1]; k++) {
        int a = inverse[j];
        int b = inverse[rowIndices[k]];
        rows[next[Math.max(a, b)]++] = Math.min(a, b);
      }
    }
    int[] tree = new int[n];
    int[] ancestor = new int[n];
    for (int j = 0; j < n; j++) {
      tree[j] = NONE;
      ancestor[j] = NONE;
      for (int k = pointers[j]; k < pointers[j + 1]; k++) {
        int i = rows[k];
        while (i != NONE && i < j) {
          int up = ancestor[i];
          ancestor[i] = j; // path compression
          if (up == NONE) {
            tree[i] = j;
          }
          i = up;
        }
      }
    }
    int[] post = postorder(n, tree);
    int[] composed = new int[n];
    for (int k = 0; k < n; k++) {
      composed[k] = order[post[k]];
    }
    return composed;
  }

  private static int[] postorder(int n, int[] tree) {
    int[] firstChild = new int[n];
    int[] sibling = new int[n];
    Arrays.fill(firstChild, NONE);
    for (int j = n - 1; j >= 0; j--) {
      if (tree[j] != NONE) {
        sibling[j] = firstChild[tree[j]];
        firstChild[tree[j]] = j;
      }
    }
    int[] post = new int[n];
    int[] stack = new int[n];
    int count = 0;
    for (int root = 0; root < n; root++) {
      if (tree[root] != NONE) {
        continue;
      }
      int depth = 0;
      stack[0] = root;
      while (depth >= 0) {
        int top = stack[depth];
        int child = firstChild[top];
        if (child == NONE) {
          post[count++] = top;
          depth--;
        } else {
          firstChild[top] = sibling[child];
          stack[++depth] = child;
        }
      }
    }
    return post;
  }

  private void permute(int[] columnPointers, int[] rowIndices) {
    for (int j = 0; j < n; j++) {
      for (int k = columnPointers[j]; k < columnPointers[j + 1]; k++) {
        if (rowIndices[k] != j) {
          kPointers[Math.min(inverse[j], inverse[rowIndices[k]]) + 1]++;
        }
      }
    }
    for (int j = 0; j < n; j++) {
      kPointers[j + 1] += kPointers[j];
    }
    int[] next = Arrays.copyOf(kPointers, n);
    for (int j = 0; j < n; j++) {
      for (int k = columnPointers[j]; k < columnPointers[j + 1]; k++) {
        int a = inverse[j];
        int b = inverse[rowIndices[k]];
        if (a == b) {
          diagonalSource[a] = k;
        } else {
          int place = next[Math.min(a, b)]++;
          kRows[place] = Math.max(a, b);
          kSource[place] = k;
        }
      }
    }
  }

  private void transposePattern(int[] upperPointers, int[] upperRows) {
    for (int row : kRows) {
      upperPointers[row + 1]++;
    }
    for (int j = 0; j < n; j++) {
      upperPointers[j + 1] += upperPointers[j];
    }
    int[] next = Arrays.copyOf(upperPointers, n);
    for (int j = 0; j < n; j++) {
      for (int k = kPointers[j]; k < kPointers[j + 1]; k++) {
        upperRows[next[kRows[k]]++] = j;
      }
    }
  }

  // Row j of L has an entry in every column on the paths of the elimination tree from the entries
  // of row j of K up to j.
  private void countEntries(
      int[] upperPointers, int[] upperRows, int[] rowCounts, int[] columnCounts) {
    int[] visited = new int[n];
    Arrays.fill(visited, NONE);
    for (int j = 0; j < n; j++) {
      parent[j] = NONE;
      visited[j] = j;
      for (int k = upperPointers[j]; k < upperPointers[j + 1]; k++) {
        for (int i = upperRows[k]; visited[i] != j; i = parent[i]) {
          if (parent[i] == NONE) {
            parent[i] = j;
          }
          columnCounts[i]++;
          rowCounts[j]++;
          visited[i] = j;
        }
      }
    }
  }

  private void fillPattern(int[] upperPointers, int[] upperRows) {
    int[] visited = new int[n];
    Arrays.fill(visited, NONE);
    int[] next = Arrays.copyOf(lPointers, n);
    for (int j = 0; j < n; j++) {
      visited[j] = j;
      int count = rowPointers[j];
      for (int k = upperPointers[j]; k < upperPointers[j + 1]; k++) {
        for (int i = upperRows[k]; visited[i] != j; i = parent[i]) {
          visited[i] = j;
          rowColumns[count++] = i;
        }
      }
      Arrays.sort(rowColumns, rowPointers[j], count);
      for (int k = rowPointers[j]; k < count; k++) {
        int place = next[rowColumns[k]]++;
        lRows[place] = j;
        rowPlaces[k] = place;
      }
    }
  }

  /** Says that entries in this row or column of K have changed; others must be told of apart. */
  void touch(int index) {
    anyStale = true;
    int k = inverse[index];
    while (k != NONE && !stale[k]) {
      stale[k] = true;
      k = parent[k];
    }
  }

  /**
   * Computes all of L.
   *
   * @param values in the order of the matrix given to the constructor
   * @return number of pivots that were too small or of the wrong sign and were replaced
   */
  public int factorise(double[] values) {
    anyStale = true;
    Arrays.fill(stale, true);
    return update(values);
  }

  /**
   * Computes the columns of L that depend on what was touched since the last call.
   *
   * @param values in the order of the matrix given to the constructor
   * @return number of pivots among them that were too small or of the wrong sign and were replaced
   */
  int update(double[] values) {
    int replaced = 0;
    if (!anyStale) {
      return replaced;
    }
    for (int j = 0; j < n; j++) {
      if (!stale[j]) {
        continue;
      }
      stale[j] = false;
      double pivot = values[diagonalSource[j]];
      for (int k = kPointers[j]; k < kPointers[j + 1]; k++) {
        work[kRows[k]] = values[kSource[k]];
      }
      for (int r = rowPointers[j]; r < rowPointers[j + 1]; r++) {
        int column = rowColumns[r];
        int place = rowPlaces[r];
        double entry = lValues[place];
        if (entry != 0.0) {
          double factor = entry * pivots[column];
          pivot -= entry * factor;
          int end = lPointers[column + 1];
          for (int p = place + 1; p < end; p++) {
            work[lRows[p]] -= lValues[p] * factor;
          }
        }
      }
      double sign = order[j] < positive ? 1.0 : -1.0;
      if (!(sign * pivot > LEAST_PIVOT)) {
        pivot = sign * SUBSTITUTE_PIVOT;
        replaced++;
      }
      pivots[j] = pivot;
      double inversePivot = 1.0 / pivot;
      inversePivots[j] = inversePivot;
      for (int p = lPointers[j]; p < lPointers[j + 1]; p++) {
        int row = lRows[p];
        lValues[p] = work[row] * inversePivot;
        work[row] = 0.0;
      }
    }
    anyStale = false;
    return replaced;
  }

  /**
   * Solves K x = b with the last factors.
   *
   * @param b length n, overwritten with x
   */
  public void solve(double[] b) {
    double[] v = work; // all zero outside these methods
    for (int k = 0; k < n; k++) {
      v[k] = b[order[k]];
    }
    for (int j = 0; j < n; j++) {
      double value = v[j];
      if (value != 0.0) {
        int end = lPointers[j + 1];
        for (int p = lPointers[j]; p < end; p++) {
          v[lRows[p]] -= lValues[p] * value;
        }
      }
    }
    for (int j = n - 1; j >= 0; j--) {
      double value = v[j] * inversePivots[j];
      int end = lPointers[j + 1];
      for (int p = lPointers[j]; p < end; p++) {
        value -= lValues[p] * v[lRows[p]];
      }
      v[j] = value;
    }
    for (int k = 0; k < n; k++) {
      b[order[k]] = v[k];
      v[k] = 0.0;
    }
  }
}
