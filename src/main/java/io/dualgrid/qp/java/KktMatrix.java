package io.dualgrid.qp.java;

import io.dualgrid.qp.SparseMatrix;

/**
 * The Newton matrix
 *
 * <pre>
 *   [ P + σI   A_Jᵀ ]
 *   [ A_J      −I/ρ ]
 * </pre>
 *
 * <p>with the rows J that are active now. It always has the pattern of all m rows; a row that is
 * not active holds zeros and −1 on the diagonal, so that one symbolic factorisation serves every
 * active set.
 */
final class KktMatrix {
  private final ScaledProgram program;
  private final double sigma;
  private final double rho;
  private final int n;
  private final int m;
  private final double[] values;
  private final int[] pPlaces; // of each entry of P
  private final int[] aPlaces; // of each entry of A, by columns
  private final int[] rowDiagonals; // of each row's diagonal entry
  private final SparseLdl factors;
  private final boolean[] active;

  KktMatrix(ScaledProgram program, double sigma, double rho) {
    this.program = program;
    this.sigma = sigma;
    this.rho = rho;
    n = program.n;
    m = program.m;
    int[] pointers = new int[n + m + 1];
    int entries = program.pPointers[n] + program.aPointers[n] + m;
    int[] rows = new int[entries];
    values = new double[entries];
    pPlaces = new int[program.pPointers[n]];
    aPlaces = new int[program.aPointers[n]];
    rowDiagonals = new int[m];
    int count = 0;
    for (int j = 0; j < n; j++) {
      for (int k = program.pPointers[j]; k < program.pPointers[j + 1]; k++) {
        pPlaces[k] = count;
        rows[count++] = program.pRows[k];
      }
      pointers[j + 1] = count;
    }
    for (int i = 0; i < m; i++) {
      for (int k = program.rowPointers[i]; k < program.rowPointers[i + 1]; k++) {
        aPlaces[program.rowPlaces[k]] = count;
        rows[count++] = program.rowColumns[k];
      }
      rowDiagonals[i] = count;
      rows[count++] = n + i;
      pointers[n + i + 1] = count;
    }
    factors = new SparseLdl(new SparseMatrix(n + m, n + m, pointers, rows, values.clone()), n);
    active = new boolean[m];
  }

  /**
   * Takes the program's present P, and makes no row active.
   *
   * @return false when P + σI is not positive definite
   */
  boolean reset() {
    for (int k = 0; k < pPlaces.length; k++) {
      values[pPlaces[k]] = program.p[k];
    }
    for (int j = 0; j < n; j++) {
      values[pPlaces[program.pPointers[j + 1] - 1]] += sigma;
    }
    for (int i = 0; i < m; i++) {
      for (int k = program.rowPointers[i]; k < program.rowPointers[i + 1]; k++) {
        values[aPlaces[program.rowPlaces[k]]] = 0.0;
      }
      values[rowDiagonals[i]] = -1.0;
      active[i] = false;
    }
    return factors.factorise(values) == 0;
  }

  /** Whether a row is active. */
  boolean isActive(int row) {
    return active[row];
  }

  /** Takes a row into the active set. */
  void activate(int row) {
    active[row] = true;
    for (int k = program.rowPointers[row]; k < program.rowPointers[row + 1]; k++) {
      int place = program.rowPlaces[k];
      values[aPlaces[place]] = program.a[place];
    }
    values[rowDiagonals[row]] = -1.0 / rho;
    touch(row);
  }

  /** Takes a row out of the active set. */
  void deactivate(int row) {
    active[row] = false;
    for (int k = program.rowPointers[row]; k < program.rowPointers[row + 1]; k++) {
      values[aPlaces[program.rowPlaces[k]]] = 0.0;
    }
    values[rowDiagonals[row]] = -1.0;
    touch(row);
  }

  private void touch(int row) {
    factors.touch(n + row);
    for (int k = program.rowPointers[row]; k < program.rowPointers[row + 1]; k++) {
      factors.touch(program.rowColumns[k]);
    }
  }

  /** Takes in the changes since the last call. */
  void factorise() {
    factors.update(values);
  }

  /** Solves in place, length n + m. */
  void solve(double[] vector) {
    factors.solve(vector);
  }
}
