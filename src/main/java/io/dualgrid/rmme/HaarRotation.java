package io.dualgrid.rmme;

import io.dualgrid.qp.dense.Dense;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A random orthogonal matrix Q of the Haar distribution, as a product of reflections.
 *
 * <p>The orthogonal factor of a Gaussian matrix, signs fixed so that the diagonal of its triangular
 * factor is positive, is Haar distributed (Mezzadri, "How to generate random matrices from the
 * classical compact groups", Notices AMS 54, 2007). The Householder vectors of that factorisation
 * are independent Gaussian vectors of falling length (Stewart, SIAM J. Numer. Anal. 17, 1980), so Q
 * = H₁ H₂ … H_k D is drawn without forming the Gaussian matrix: k(k + 1)/2 variates. Many
 * reflections are applied at a time as I − V·S·Vᵀ (Schreiber and Van Loan, SIAM J. Sci. Stat. Comp.
 * 10, 1989), which takes a fraction of the passes over the matrix.
 */
final class HaarRotation {
  private static final int BLOCK = 32;

  private final int k;
  private final double[] reflectors; // vⱼ at j·k, zero before its entry j
  private final double[] factors; // 2 / |vⱼ|²
  private final double[] signs; // D

  /** Draws Q, k by k. O(k²). */
  HaarRotation(int k, RandomGenerator random) {
    this.k = k;
    reflectors = new double[k * k];
    factors = new double[k];
    signs = new double[k];
    for (int j = 0; j < k; j++) {
      double square = 0.0;
      for (int i = j; i < k; i++) {
        double value = random.nextGaussian();
        reflectors[j * k + i] = value;
        square += value * value;
      }
      double norm = Math.sqrt(square);
      double first = reflectors[j * k + j];
      double sign = first < 0 ? -1.0 : 1.0;
      signs[j] = -sign;
      reflectors[j * k + j] = first + sign * norm;
      factors[j] = 1.0 / (norm * (norm + Math.abs(first)));
    }
  }

  /** Q itself, k by k. O(k³). */
  DMatrixRMaj matrix() {
    double[] ones = new double[k];
    Arrays.fill(ones, 1.0);
    return timesDiagonal(ones);
  }

  /**
   * Q · diag(values). O(k³), two thirds of {@link #multiplyLeft}: the reflections that come first
   * move the last rows and columns only.
   *
   * @param values length k; not modified
   * @return k by k
   */
  DMatrixRMaj timesDiagonal(double[] values) {
    DMatrixRMaj matrix = CommonOps_DDRM.diag(values);
    multiplyLeft(matrix, true);
    return matrix;
  }

  /**
   * matrix ← Q · matrix. O(k² · columns).
   *
   * @param matrix k rows; modified
   */
  void multiplyLeft(DMatrixRMaj matrix) {
    multiplyLeft(matrix, false);
  }

  private void multiplyLeft(DMatrixRMaj matrix, boolean diagonal) {
    int columns = matrix.numCols;
    double[] values = matrix.data;
    for (int i = 0; i < k; i++) {
      Dense.scale(values, i * columns, signs[i], columns);
    }
    double[] sums = new double[BLOCK * columns];
    double[] moves = new double[BLOCK * columns];
    double[] coupling = new double[BLOCK * BLOCK];
    for (int start = (k - 1) / BLOCK * BLOCK; start >= 0; start -= BLOCK) {
      int count = Math.min(BLOCK, k - start);
      int from = diagonal ? start : 0; // columns before it are zero in all rows that move
      couple(start, count, coupling);
      project(values, columns, from, start, count, sums);
      for (int c = 0; c < count; c++) { // −S · VᵀM
        Arrays.fill(moves, c * columns + from, (c + 1) * columns, 0.0);
        Dense.addRows(
            sums,
            (c * columns) + from,
            columns,
            coupling,
            c * BLOCK + c,
            1,
            count - c,
            moves,
            c * columns + from,
            columns - from);
      }
      for (int i = start; i < k; i++) { // M + V · moves
        Dense.addRows(
            moves,
            from,
            columns,
            reflectors,
            start * k + i,
            k,
            Math.min(count, i - start + 1),
            values,
            i * columns + from,
            columns - from);
      }
    }
  }

  /** sums = VᵀM, four rows of M at a time, so that they are still at hand for all of V. */
  private void project(
      double[] values, int columns, int from, int start, int count, double[] sums) {
    Arrays.fill(sums, 0.0);
    for (int i = start; i < k; i += 4) {
      int some = Math.min(4, k - i);
      for (int c = 0; c < count && start + c < i + some; c++) {
        Dense.addRows(
            values,
            i * columns + from,
            columns,
            reflectors,
            (start + c) * k + i,
            1,
            some,
            sums,
            c * columns + from,
            columns - from);
      }
    }
  }

  /** −S of H₁ … H_b = I − V·S·Vᵀ, upper triangular, row after row, column after column. */
  private void couple(int start, int count, double[] coupling) {
    double[] products = new double[BLOCK];
    Arrays.fill(coupling, 0.0);
    for (int d = 0; d < count; d++) {
      double factor = factors[start + d];
      coupling[d * BLOCK + d] = -factor;
      for (int e = 0; e < d; e++) {
        products[e] = product(start + e, start + d);
      }
      for (int c = 0; c < d; c++) {
        double sum = 0.0;
        for (int e = c; e < d; e++) {
          sum += coupling[c * BLOCK + e] * products[e];
        }
        coupling[c * BLOCK + d] = -factor * sum;
      }
    }
  }

  private double product(int a, int b) {
    return Dense.dot(reflectors, a * k + b, reflectors, b * k + b, k - b);
  }

  /** vector ← Q · vector. O(k²). */
  void multiply(double[] vector) {
    for (int i = 0; i < k; i++) {
      vector[i] *= signs[i];
    }
    for (int j = k - 1; j >= 0; j--) {
      reflect(j, vector);
    }
  }

  /** vector ← Qᵀ · vector. O(k²). */
  void multiplyTransposed(double[] vector) {
    for (int j = 0; j < k; j++) {
      reflect(j, vector);
    }
    for (int i = 0; i < k; i++) {
      vector[i] *= signs[i];
    }
  }

  private void reflect(int j, double[] vector) {
    double sum = Dense.dot(reflectors, j * k + j, vector, j, k - j);
    Dense.add(reflectors, j * k + j, -factors[j] * sum, vector, j, k - j);
  }

  void erase() {
    Arrays.fill(reflectors, 0.0);
  }
}
