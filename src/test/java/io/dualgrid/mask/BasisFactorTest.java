package io.dualgrid.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.JavaDenseKernels;
import io.dualgrid.qp.dense.SparseRows;
import io.dualgrid.qp.dense.SquareMatrix;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasisFactorTest {
  private static double[] ones(int k) {
    double[] ones = new double[k];
    Arrays.fill(ones, 1.0);
    return ones;
  }

  /** Identity rows, and as many below with some entries each. */
  private static SparseMatrix basis(int k, double density, Random random) {
    SparseMatrix.Builder builder = SparseMatrix.builder(2 * k, k);
    for (int j = 0; j < k; j++) {
      builder.add(j, j, 1.0);
      for (int i = k; i < 2 * k; i++) {
        if (random.nextDouble() < density) {
          builder.add(i, j, random.nextDouble(-1, 1));
        }
      }
    }
    return builder.build();
  }

  private static DMatrixRMaj dense(SparseMatrix matrix) {
    DMatrixRMaj dense = new DMatrixRMaj(matrix.rows(), matrix.columns());
    for (int j = 0; j < matrix.columns(); j++) {
      for (int s = matrix.columnPointers()[j]; s < matrix.columnPointers()[j + 1]; s++) {
        dense.set(matrix.rowIndices()[s], j, matrix.values()[s]);
      }
    }
    return dense;
  }

  /**
   * SᵀS ≥ I with a norm below 1 + 2k·1: products and solves agree to rounding, k² of them at most.
   */
  @ParameterizedTest
  @CsvSource({"1,0", "1,1", "2,0.5", "7,0.3", "40,0", "40,0.02", "40,0.3", "40,1", "150,0.01"})
  void isTheCholeskyFactorThatEjmlFinds(int k, double density) {
    Random random = new Random(k);
    SparseMatrix basis = basis(k, density, random);
    DMatrixRMaj full = dense(basis);
    DMatrixRMaj gram = new DMatrixRMaj(k, k);
    CommonOps_DDRM.multTransA(full, full, gram);
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(k, true);
    assertThat(cholesky.decompose(gram)).isTrue();
    DMatrixRMaj lower = cholesky.getT(null);

    BasisFactor factor = new BasisFactor(basis, basis.transpose());
    double tolerance = 1e-16 * k * k + 1e-13;
    double[] vector = random.doubles(k, -1, 1).toArray();
    double[] product = factor.multiplyTransposed(vector);
    double[] right = random.doubles(k, -1, 1).toArray();
    double[] solution;
    try (SquareMatrix matrix = new JavaDenseKernels().diagonal(right)) {
      factor.solveTransposed(matrix);
      solution = matrix.multiplyLeft(SparseRows.ofColumns(SparseMatrix.diagonal(ones(k))));
    }
    for (int i = 0; i < k; i++) {
      double expected = 0.0;
      double[] back = new double[k];
      for (int j = i; j < k; j++) {
        expected += lower.get(j, i) * vector[j];
        for (int c = 0; c < k; c++) {
          back[c] += lower.get(j, i) * solution[j * k + c];
        }
      }
      assertThat(product[i]).isCloseTo(expected, within(tolerance));
      for (int c = 0; c < k; c++) {
        assertThat(back[c]).isCloseTo(c == i ? right[i] : 0.0, within(tolerance));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e160, 1e200})
  void aBasisThatOverflowsIsRefused(double size) {
    SparseMatrix basis = SparseMatrix.builder(1, 1).add(0, 0, size).build();
    assertThatThrownBy(() -> new BasisFactor(basis, basis.transpose()))
        .isInstanceOf(MaskException.class)
        .hasMessageContaining("not finite");
  }
}
