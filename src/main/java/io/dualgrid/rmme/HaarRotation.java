package io.dualgrid.rmme;

import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Random orthogonal matrices of the Haar distribution.
 *
 * <p>The orthogonal factor of a Gaussian matrix, signs fixed so that the diagonal of its triangular
 * factor is positive, is Haar distributed (Mezzadri, "How to generate random matrices from the
 * classical compact groups", Notices AMS 54, 2007). The Householder vectors of that factorisation
 * are independent Gaussian vectors of falling length (Stewart, SIAM J. Numer. Anal. 17, 1980), so
 * the reflections are drawn and applied one by one, without forming the Gaussian matrix.
 */
final class HaarRotation {
  private HaarRotation() {}

  /** A rotation (or reflection), k by k. O(k³). */
  static DMatrixRMaj draw(int k, RandomGenerator random) {
    DMatrixRMaj rotation = CommonOps_DDRM.identity(k);
    applyLeft(rotation, random);
    return rotation;
  }

  /**
   * matrix ← Q · matrix with a new Q. O(rows² · columns).
   *
   * @param matrix modified
   */
  static void applyLeft(DMatrixRMaj matrix, RandomGenerator random) {
    int rows = matrix.numRows;
    int columns = matrix.numCols;
    double[] values = matrix.data;
    double[] reflector = new double[rows];
    double[] sums = new double[columns];
    // Q = H_1 H_2 … H_rows D: reflection j acts on the last rows − j rows, the shortest comes
    // first.
    for (int j = rows - 1; j >= 0; j--) {
      double square = 0.0;
      for (int i = j; i < rows; i++) {
        reflector[i] = random.nextGaussian();
        square += reflector[i] * reflector[i];
      }
      double norm = Math.sqrt(square);
      double first = reflector[j];
      double sign = first < 0 ? -1.0 : 1.0;
      // D: row j is scaled before any reflection has touched it
      for (int c = 0, at = j * columns; c < columns; c++, at++) {
        values[at] *= -sign;
      }
      reflector[j] = first + sign * norm;
      double factor = 1.0 / (norm * (norm + Math.abs(first))); // 2 / |v|²
      reflect(values, rows, columns, j, reflector, factor, sums);
    }
  }

  /** Rows from…rows ← (I − factor·v·vᵀ) rows, by whole rows so that the inner loops vectorise. */
  private static void reflect(
      double[] values, int rows, int columns, int from, double[] v, double factor, double[] sums) {
    java.util.Arrays.fill(sums, 0.0);
    for (int i = from; i < rows; i++) {
      addScaled(values, i * columns, v[i], sums, 0, columns);
    }
    for (int i = from; i < rows; i++) {
      addScaled(sums, 0, -factor * v[i], values, i * columns, columns);
    }
  }

  private static void addScaled(
      double[] source, int sourceAt, double factor, double[] target, int targetAt, int count) {
    for (int c = 0; c < count; c++) {
      target[targetAt + c] += factor * source[sourceAt + c];
    }
  }
}
