package io.dualgrid.mask.attack;

import io.dualgrid.mask.MaskedProblem;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** Rows l ≤ Gy ≤ u as an attacker sees or guesses them, and matrices computed from them. */
final class DenseRows {
  private static final int ISOTROPIC_ROUNDS = 12;

  private final DMatrixRMaj matrix;
  private final double[] lower;
  private final double[] upper;

  DenseRows(DMatrixRMaj matrix, double[] lower, double[] upper) {
    this.matrix = matrix;
    this.lower = lower;
    this.upper = upper;
  }

  static DenseRows of(MaskedProblem problem) {
    return new DenseRows(
        new DMatrixRMaj(problem.rowCount(), problem.dimension(), true, problem.rows()),
        problem.lower(),
        problem.upper());
  }

  int count() {
    return matrix.numRows;
  }

  double norm(int i) {
    double square = 0.0;
    for (int c = 0; c < matrix.numCols; c++) {
      square += matrix.get(i, c) * matrix.get(i, c);
    }
    return Math.sqrt(square);
  }

  /** Distance of the two sides of a row, infinite when it has one only. */
  double width(int i) {
    return upper[i] - lower[i];
  }

  /** G·Gᵀ. */
  double[][] gram() {
    DMatrixRMaj product = new DMatrixRMaj(count(), count());
    CommonOps_DDRM.multTransB(matrix, matrix, product);
    return rowsOf(product);
  }

  /** Cosines of the angles between rows. */
  double[][] cosines() {
    double[][] gram = gram();
    double[] norms = new double[gram.length];
    for (int i = 0; i < norms.length; i++) {
      norms[i] = Math.sqrt(Math.max(gram[i][i], 1e-300));
    }
    for (int i = 0; i < norms.length; i++) {
      for (int j = 0; j < norms.length; j++) {
        gram[i][j] /= norms[i] * norms[j];
      }
    }
    return gram;
  }

  /**
   * Cosines of the rows in radial isotropic position: the linear map and the row lengths for which
   * all rows have the same leverage. That position, unique up to rotation, is the same whatever
   * linear map and whatever scaling of the rows went before (Forster, J. Comput. Syst. Sci. 65,
   * 2002); found by scaling each row by its leverage, over and over.
   */
  double[][] isotropicCosines() {
    int m = count();
    int k = matrix.numCols;
    DMatrixRMaj rows = matrix.copy();
    DMatrixRMaj solved = new DMatrixRMaj(k, m);
    for (int round = 0; round < ISOTROPIC_ROUNDS; round++) {
      for (int i = 0; i < m; i++) {
        double norm = 0.0;
        for (int c = 0; c < k; c++) {
          norm += rows.get(i, c) * rows.get(i, c);
        }
        double factor = 1.0 / Math.sqrt(Math.max(norm, 1e-300));
        for (int c = 0; c < k; c++) {
          rows.set(i, c, factor * rows.get(i, c));
        }
      }
      whiten(rows, solved);
    }
    return new DenseRows(rows, lower, upper).cosines();
  }

  /** rows ← rows·L⁻ᵀ with LLᵀ = rowsᵀ·rows, slightly regularised. */
  private static void whiten(DMatrixRMaj rows, DMatrixRMaj solved) {
    int k = rows.numCols;
    DMatrixRMaj product = new DMatrixRMaj(k, k);
    CommonOps_DDRM.multTransA(rows, rows, product);
    double ridge = 1e-12 * CommonOps_DDRM.trace(product) / k;
    for (int c = 0; c < k; c++) {
      product.add(c, c, ridge);
    }
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(k, true);
    cholesky.decompose(product);
    DMatrixRMaj factor = cholesky.getT(null);
    CommonOps_DDRM.transpose(rows, solved);
    TriangularSolver_DDRM.solveL(factor.data, solved.data, k, solved.numCols);
    CommonOps_DDRM.transpose(solved, rows);
  }

  private static double[][] rowsOf(DMatrixRMaj matrix) {
    double[][] rows = new double[matrix.numRows][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(matrix.data, i * matrix.numCols, (i + 1) * matrix.numCols);
    }
    return rows;
  }
}
