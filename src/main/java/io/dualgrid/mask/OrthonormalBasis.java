package io.dualgrid.mask;

import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.Dense;
import io.dualgrid.qp.dense.DenseKernels;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * An orthonormal basis N = S·L⁻ᵀ of the range of a sparse matrix S, with SᵀS = L·Lᵀ; S has an
 * identity among its rows, so SᵀS ≥ I and the factorisation cannot fail. Kept as factors: products
 * N·T cost O(k³) and the entries of S times k, not O(n·k²).
 */
final class OrthonormalBasis {
  private final SparseMatrix byVariable; // column j holds row j of S
  private final DenseKernels kernels;
  private final int dimension;
  private final double[] factor; // L, its lower triangle row after row

  OrthonormalBasis(SparseMatrix basis, DenseKernels kernels) {
    this.kernels = kernels;
    byVariable = basis.transpose();
    int k = basis.columns();
    DMatrixRMaj gram = new DMatrixRMaj(k, k);
    int[] pointers = byVariable.columnPointers();
    for (int j = 0; j < byVariable.columns(); j++) {
      for (int a = pointers[j]; a < pointers[j + 1]; a++) {
        int row = byVariable.rowIndices()[a] * k;
        for (int b = pointers[j]; b < pointers[j + 1]; b++) {
          gram.data[row + byVariable.rowIndices()[b]] +=
              byVariable.values()[a] * byVariable.values()[b];
        }
      }
    }
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(k, true);
    if (!cholesky.decompose(gram)) {
      throw new MaskException("the basis of the equality rows is not finite");
    }
    double[] square = cholesky.getT(null).data;
    dimension = k;
    factor = new double[start(k)];
    for (int i = 0; i < k; i++) {
      System.arraycopy(square, i * k, factor, start(i), i + 1);
    }
  }

  /** Where row i of the packed triangle begins. */
  private static int start(int i) {
    return Math.multiplyExact(i, i + 1) / 2;
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
    int k = dimension;
    double[] square = new double[Math.multiplyExact(k, k)];
    for (int i = 0; i < k; i++) {
      System.arraycopy(factor, start(i), square, i * k, i + 1);
    }
    kernels.solveTransposed(square, k, transform.data);
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
    int k = dimension();
    double[] result = new double[k];
    for (int i = 0; i < k; i++) {
      Dense.add(factor, start(i), free[i], result, 0, i + 1);
    }
    return result;
  }
}
