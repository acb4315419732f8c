package io.dualgrid.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.JavaDenseKernels;
import io.dualgrid.qp.dense.SparseRows;
import io.dualgrid.qp.dense.SquareMatrix;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.junit.jupiter.api.Test;

class HaarRotationTest {
  private static DMatrixRMaj matrix(HaarRotation rotation, int k) {
    double[] ones = new double[k];
    Arrays.fill(ones, 1.0);
    try (SquareMatrix matrix = new JavaDenseKernels().diagonal(ones)) {
      rotation.multiplyLeft(matrix);
      SparseRows identity = SparseRows.ofColumns(SparseMatrix.diagonal(ones));
      return DMatrixRMaj.wrap(k, k, matrix.multiplyLeft(identity));
    }
  }

  @Test
  void isOrthogonal() {
    for (int k : new int[] {1, 2, 7, 60}) {
      DMatrixRMaj rotation = matrix(new HaarRotation(k, new Random(k)), k);
      // k reflections, each exact to a few units in the last place
      assertThat(MatrixFeatures_DDRM.isOrthogonal(rotation, 1e-15 * (10 + k))).isTrue();
    }
  }

  @Test
  void vectorsAndMatricesAreTurnedAlike() {
    int k = 23;
    Random random = new Random(8);
    HaarRotation rotation = new HaarRotation(k, random);
    double[] vector = random.doubles(k, -1, 1).toArray();
    DMatrixRMaj column = new DMatrixRMaj(k, 1);
    CommonOps_DDRM.mult(matrix(rotation, k), DMatrixRMaj.wrap(k, 1, vector), column);
    double[] turned = vector.clone();
    rotation.multiply(turned);
    assertThat(turned).containsExactly(column.data, within(1e-14 * k));
    rotation.multiplyTransposed(turned);
    assertThat(turned).containsExactly(vector, within(1e-14 * k));
  }

  /**
   * Haar measure is the only one invariant under rotation. For k = 3 the trace of a Haar matrix of
   * O(k) has mean 0 and variance 1, a single entry mean 0, variance 1/k and fourth moment
   * 3/(k(k+2)); a Gaussian matrix without the sign fix has a biased first entry. Over n draws the
   * sample means deviate by a few 1/√n; the bounds are five standard errors.
   */
  @Test
  void hasTheMomentsOfHaarMeasure() {
    int k = 3;
    int draws = 40_000;
    Random random = new Random(5);
    double trace = 0.0;
    double traceSquare = 0.0;
    double determinant = 0.0;
    double[] mean = new double[k * k];
    double[] square = new double[k * k];
    double[] fourth = new double[k * k];
    for (int n = 0; n < draws; n++) {
      DMatrixRMaj rotation = matrix(new HaarRotation(k, random), k);
      double t = CommonOps_DDRM.trace(rotation);
      trace += t / draws;
      traceSquare += t * t / draws;
      determinant += CommonOps_DDRM.det(rotation) / draws;
      for (int e = 0; e < k * k; e++) {
        double value = rotation.data[e];
        mean[e] += value / draws;
        square[e] += value * value / draws;
        fourth[e] += Math.pow(value, 4) / draws;
      }
    }
    double error = 5 / Math.sqrt(draws);
    assertThat(trace).isCloseTo(0.0, within(error));
    assertThat(traceSquare).isCloseTo(1.0, within(error * 1.5));
    assertThat(determinant).isCloseTo(0.0, within(error));
    for (int e = 0; e < k * k; e++) {
      assertThat(mean[e]).isCloseTo(0.0, within(error));
      assertThat(square[e]).isCloseTo(1.0 / k, within(error));
      assertThat(fourth[e]).isCloseTo(3.0 / (k * (k + 2)), within(error));
    }
  }
}
