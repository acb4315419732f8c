package io.dualgrid.mask;

import io.dualgrid.qp.dense.Dense;
import io.dualgrid.qp.dense.SquareMatrix;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A random orthogonal matrix Q of the Haar distribution, as a product of reflections.
 *
 * <p>The orthogonal factor of a Gaussian matrix, signs fixed so that the diagonal of its triangular
 * factor is positive, is Haar distributed (Mezzadri, "How to generate random matrices from the
 * classical compact groups", Notices AMS 54, 2007). The Householder vectors of that factorisation
 * are independent Gaussian vectors of falling length (Stewart, SIAM J. Numer. Anal. 17, 1980), so Q
 * = H₁ H₂ … H_k D is drawn without forming the Gaussian matrix: k(k + 1)/2 variates.
 */
final class HaarRotation {
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

  /** matrix ← Q · matrix. O(k³), a third less where the matrix is diagonal. */
  void multiplyLeft(SquareMatrix matrix) {
    matrix.reflect(reflectors, factors, signs);
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
