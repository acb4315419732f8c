package io.dualgrid.qp.dense;

import java.util.Arrays;

/** Products of dense matrices in O(k³), by blocks of rows that stay in the cache. */
final class DenseProducts {
  private static final int BLOCK = 32;

  private DenseProducts() {}

  /**
   * matrix ← H₁ H₂ … H_k D · matrix, with H_j = I − factors[j]·v_j·v_jᵀ: many reflections at a
   * time, as I − V·S·Vᵀ (Schreiber and Van Loan, SIAM J. Sci. Stat. Comp. 10, 1989), which takes a
   * fraction of the passes over the matrix.
   *
   * @param matrix k by k; modified
   * @param reflectors k by k, row j holds v_j, which is zero before its entry j
   * @param factors length k
   * @param signs the diagonal of D, length k
   * @param diagonal whether the matrix is diagonal, which saves a third of the work
   */
  static void reflect(
      double[] matrix, double[] reflectors, double[] factors, double[] signs, boolean diagonal) {
    int k = factors.length;
    for (int i = 0; i < k; i++) {
      Dense.scale(matrix, i * k, signs[i], k);
    }
    double[] sums = new double[BLOCK * k];
    double[] moves = new double[BLOCK * k];
    for (int start = (k - 1) / BLOCK * BLOCK; start >= 0; start -= BLOCK) {
      int count = Math.min(BLOCK, k - start);
      int from = diagonal ? start : 0; // columns before it are zero in all rows that move
      double[] coupling = couple(reflectors, factors, start, count);
      project(matrix, from, reflectors, k, start, count, sums);
      for (int c = 0; c < count; c++) { // −S · VᵀM
        int at = c * k + from;
        Arrays.fill(moves, at, (c + 1) * k, 0.0);
        Dense.addRows(sums, at, k, coupling, c * BLOCK + c, 1, count - c, moves, at, k - from);
      }
      for (int i = start; i < k; i++) { // M + V · moves
        int touching = Math.min(count, i - start + 1);
        Dense.addRows(
            moves, from, k, reflectors, start * k + i, k, touching, matrix, i * k + from, k - from);
      }
    }
  }

  /** sums = VᵀM, four rows of M at a time, so that they are still at hand for all of V. */
  private static void project(
      double[] matrix, int from, double[] reflectors, int k, int start, int count, double[] sums) {
    Arrays.fill(sums, 0.0);
    for (int i = start; i < k; i += 4) {
      int some = Math.min(4, k - i);
      for (int c = 0; c < count && start + c < i + some; c++) {
        Dense.addRows(
            matrix,
            i * k + from,
            k,
            reflectors,
            (start + c) * k + i,
            1,
            some,
            sums,
            c * k + from,
            k - from);
      }
    }
  }

  /** −S, upper triangular, BLOCK by BLOCK. */
  private static double[] couple(double[] reflectors, double[] factors, int start, int count) {
    int k = factors.length;
    double[] coupling = new double[BLOCK * BLOCK];
    double[] products = new double[BLOCK];
    for (int d = 0; d < count; d++) {
      int last = start + d;
      double factor = factors[last];
      coupling[d * BLOCK + d] = -factor;
      for (int e = 0; e < d; e++) {
        products[e] =
            Dense.dot(reflectors, (start + e) * k + last, reflectors, last * k + last, k - last);
      }
      for (int c = 0; c < d; c++) {
        double sum = 0.0;
        for (int e = c; e < d; e++) {
          sum += coupling[c * BLOCK + e] * products[e];
        }
        coupling[c * BLOCK + d] = -factor * sum;
      }
    }
    return coupling;
  }

  /**
   * leftᵀ · right, known to be symmetric. A panel of the product stays at hand while the rows pass
   * by, four at a time.
   *
   * @param left count rows of k entries
   * @param right count rows of k entries
   * @param k order of the product
   * @return k by k
   */
  static double[] symmetricProduct(double[] left, double[] right, int k) {
    int count = left.length / k;
    double[] product = new double[k * k];
    for (int from = 0; from < k; from += BLOCK) {
      int to = Math.min(from + BLOCK, k);
      for (int b = 0; b < count; b += 4) {
        int some = Math.min(4, count - b);
        for (int i = from; i < to; i++) {
          Dense.addRows(right, b * k + i, k, left, b * k + i, k, some, product, i * k + i, k - i);
        }
      }
    }
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < i; j++) {
        product[i * k + j] = product[j * k + i];
      }
    }
    return product;
  }
}
