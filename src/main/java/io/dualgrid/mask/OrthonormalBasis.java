package io.dualgrid.mask;

import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.Dense;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

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
   * N·T.
   *
   * @param transform T, k by k; overwritten
   * @return n by k
   */
  DMatrixRMaj multiply(DMatrixRMaj transform) {
    toFree(transform);
    DMatrixRMaj product = new DMatrixRMaj(variables(), dimension);
    for (int j = 0; j < variables(); j++) {
      addRow(j, transform, product.data, j * dimension);
    }
    return product;
  }

  /**
   * U = L⁻ᵀ·T, which maps to the free variables what N·T = S·U maps to all: k² numbers that stand
   * for n·k.
   *
   * @param transform T, k by k; U in its place
   */
  void toFree(DMatrixRMaj transform) {
    factor.solveTransposed(transform.data, dimension);
  }

  /** target[offset … offset + k) += row j of S·U. */
  void addRow(int j, DMatrixRMaj freeMap, double[] target, int offset) {
    int[] pointers = byVariable.columnPointers();
    for (int s = pointers[j]; s < pointers[j + 1]; s++) {
      Dense.add(
          freeMap.data,
          byVariable.rowIndices()[s] * dimension,
          byVariable.values()[s],
          target,
          offset,
          dimension);
    }
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

  /** N itself, n by k. */
  DMatrixRMaj matrix() {
    return multiply(CommonOps_DDRM.identity(dimension()));
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
