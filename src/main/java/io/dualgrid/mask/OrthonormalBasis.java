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
  private final DMatrixRMaj factor; // L

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
    factor = cholesky.getT(null);
  }

  /** Number of rows of N. */
  int variables() {
    return byVariable.columns();
  }

  /** Number of columns of N. */
  int dimension() {
    return factor.numRows;
  }

  /**
   * N·T.
   *
   * @param transform T, k by k; overwritten
   * @return n by k
   */
  DMatrixRMaj multiply(DMatrixRMaj transform) {
    int k = dimension();
    double[] rows = transform.data;
    kernels.solveTransposed(factor.data, k, rows); // Lᵀ U = T
    DMatrixRMaj product = new DMatrixRMaj(variables(), k);
    int[] pointers = byVariable.columnPointers();
    for (int j = 0; j < variables(); j++) {
      for (int s = pointers[j]; s < pointers[j + 1]; s++) {
        Dense.add(
            rows, byVariable.rowIndices()[s] * k, byVariable.values()[s], product.data, j * k, k);
      }
    }
    return product;
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
      Dense.add(factor.data, i * k, free[i], result, 0, i + 1);
    }
    return result;
  }
}
