package io.dualgrid.mask;

import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.SparseRows;
import io.dualgrid.qp.dense.SquareMatrix;

/**
 * An orthonormal basis N = S·L⁻ᵀ of the range of a sparse matrix S, with SᵀS = L·Lᵀ. Kept as
 * factors, both sparse: a product N·T costs their entries times k, not O(n·k²).
 */
final class OrthonormalBasis {
  private final SparseMatrix byVariable; // column j holds row j of S
  private final int dimension;
  private final BasisFactor factor;

  OrthonormalBasis(SparseMatrix basis) {
    byVariable = basis.transpose();
    dimension = basis.columns();
    factor = new BasisFactor(basis, byVariable);
  }

  /** Number of rows of N. */
  int variables() {
    return byVariable.columns();
  }

  /** Number of columns of N. */
  int dimension() {
    return dimension;
  }

  /**
   * U = L⁻ᵀ·T, which maps to the free variables what N·T = S·U maps to all: k² numbers that stand
   * for n·k.
   *
   * @param transform T, of order k; U in its place
   */
  void toFree(SquareMatrix transform) {
    factor.solveTransposed(transform);
  }

  /** S. */
  SparseRows rows() {
    return SparseRows.ofColumns(byVariable);
  }

  /** values += S·free. */
  void addVariables(double[] free, double[] values) {
    int[] pointers = byVariable.columnPointers();
    for (int j = 0; j < values.length; j++) {
      for (int s = pointers[j]; s < pointers[j + 1]; s++) {
        values[j] += byVariable.values()[s] * free[byVariable.rowIndices()[s]];
      }
    }
  }

  /** scale · Sᵀ·values, length k. */
  double[] toFree(double scale, double[] values) {
    double[] free = new double[dimension];
    int[] pointers = byVariable.columnPointers();
    for (int j = 0; j < values.length; j++) {
      for (int s = pointers[j]; s < pointers[j + 1]; s++) {
        free[byVariable.rowIndices()[s]] += byVariable.values()[s] * (scale * values[j]);
      }
    }
    return free;
  }

  /**
   * Coordinates Lᵀ·f of a point of the range of S with free values f.
   *
   * @param free f, length k; not modified
   * @return length k
   */
  double[] coordinates(double[] free) {
    return factor.multiplyTransposed(free);
  }
}
