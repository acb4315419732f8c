package io.dualgrid.rmme;

import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.Dense;
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
  private static final int PANEL = 32;

  private final SparseMatrix byVariable; // column j holds row j of S
  private final DMatrixRMaj negativeFactor; // −L

  OrthonormalBasis(SparseMatrix basis) {
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
    negativeFactor = cholesky.getT(null);
    CommonOps_DDRM.changeSign(negativeFactor);
  }

  /** Number of rows of N. */
  int variables() {
    return byVariable.columns();
  }

  /** Number of columns of N. */
  int dimension() {
    return negativeFactor.numRows;
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
    double[] negative = negativeFactor.data;
    // Lᵀ U = T, by panels of rows, from the last one up
    for (int from = (k - 1) / PANEL * PANEL; from >= 0; from -= PANEL) {
      int to = Math.min(from + PANEL, k);
      for (int j = to; j < k; j += 4) { // rows that are final, four at a time for the whole panel
        int some = Math.min(4, k - j);
        for (int i = from; i < to; i++) {
          Dense.addRows(rows, j * k, k, negative, j * k + i, k, some, rows, i * k, k);
        }
      }
      for (int i = to - 1; i >= from; i--) {
        Dense.addRows(
            rows, (i + 1) * k, k, negative, (i + 1) * k + i, k, to - i - 1, rows, i * k, k);
        Dense.scale(rows, i * k, -1.0 / negative[i * k + i], k);
      }
    }
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
      Dense.add(negativeFactor.data, i * k, -free[i], result, 0, i + 1);
    }
    return result;
  }
}
