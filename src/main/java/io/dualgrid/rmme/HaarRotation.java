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
 * = H₁ H₂ … H_k D is drawn without forming the Gaussian matrix: k(k + 1)/2 variates. Four
 * reflections are applied at a time as I − V·S·Vᵀ (Schreiber and Van Loan, SIAM J. Sci. Stat. Comp.
 * 10, 1989), which takes a quarter of the passes over the matrix.
 */
final class HaarRotation {
  private static final int BLOCK = 4;

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
    DMatrixRMaj matrix = CommonOps_DDRM.identity(k);
    multiplyLeft(matrix);
    return matrix;
  }

  /**
   * matrix ← Q · matrix. O(k² · columns).
   *
   * @param matrix k rows; modified
   */
  void multiplyLeft(DMatrixRMaj matrix) {
    int columns = matrix.numCols;
    double[] values = matrix.data;
    for (int i = 0; i < k; i++) {
      Dense.scale(values, i * columns, signs[i], columns);
    }
    double[] sums = new double[BLOCK * columns];
    double[] moves = new double[BLOCK * columns];
    double[] coupling = new double[BLOCK * BLOCK];
    int last = (k - 1) / BLOCK * BLOCK;
    for (int start = last; start >= 0; start -= BLOCK) {
      int count = Math.min(BLOCK, k - start);
      couple(start, count, coupling);
      Arrays.fill(sums, 0.0);
      for (int c = 0; c < count; c++) { // Vᵀ M, four rows of M at a time
        addRows(values, columns, start, (start + c) * k, sums, c * columns);
      }
      for (int c = 0; c < BLOCK; c++) { // −S · VᵀM
        Arrays.fill(moves, c * columns, (c + 1) * columns, 0.0);
        for (int d = c; d < count && c < count; d++) {
          Dense.add(sums, d * columns, -coupling[c * BLOCK + d], moves, c * columns, columns);
        }
      }
      for (int i = start; i < k; i++) { // M + V · moves
        Dense.addFour(
            moves,
            0,
            columns,
            2 * columns,
            3 * columns,
            entry(start, 0, count, i),
            entry(start, 1, count, i),
            entry(start, 2, count, i),
            entry(start, 3, count, i),
            values,
            i * columns,
            columns);
      }
    }
  }

  private double entry(int start, int c, int count, int i) {
    return c < count ? reflectors[(start + c) * k + i] : 0.0;
  }

  /** target += Σ over rows i from start of v[i] · row i. */
  private void addRows(
      double[] values, int columns, int start, int reflector, double[] target, int targetAt) {
    int i = start;
    for (; i + 3 < k; i += 4) {
      Dense.addFour(
          values,
          i * columns,
          (i + 1) * columns,
          (i + 2) * columns,
          (i + 3) * columns,
          reflectors[reflector + i],
          reflectors[reflector + i + 1],
          reflectors[reflector + i + 2],
          reflectors[reflector + i + 3],
          target,
          targetAt,
          columns);
    }
    for (; i < k; i++) {
      Dense.add(values, i * columns, reflectors[reflector + i], target, targetAt, columns);
    }
  }

  /** S of H₁ … H_b = I − V·S·Vᵀ, upper triangular, row after row. */
  private void couple(int start, int count, double[] coupling) {
    Arrays.fill(coupling, 0.0);
    for (int d = 0; d < count; d++) {
      double factor = factors[start + d];
      coupling[d * BLOCK + d] = factor;
      for (int c = 0; c < d; c++) {
        double sum = 0.0;
        for (int e = c; e < d; e++) {
          sum += coupling[c * BLOCK + e] * product(start + e, start + d);
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
