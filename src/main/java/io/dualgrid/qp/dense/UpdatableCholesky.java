package io.dualgrid.qp.dense;

/**
 * Cholesky factor L·Lᵀ of a dense symmetric positive definite matrix, with rank-one updates and
 * downdates (Gill, Golub, Murray and Saunders, "Methods for modifying matrix factorizations", Math.
 * Comp. 28, 1974). Stored by columns, so that every inner loop but one runs along an array.
 */
final class UpdatableCholesky {
  private final int k;
  private final double[] factor; // column j at j·k, lower triangle
  private final double[] work;

  UpdatableCholesky(int k) {
    this.k = k;
    factor = new double[k * k];
    work = new double[k];
  }

  /** The array to fill with the lower triangle, by columns, before {@link #factorise()}. */
  double[] lowerTriangle() {
    return factor;
  }

  /**
   * Factorises the lower triangle in place. O(k³/3).
   *
   * @return false when the matrix is not positive definite
   */
  boolean factorise() {
    for (int j = 0; j < k; j++) {
      int at = j * k;
      int p = 0;
      for (; p + 3 < j; p += 4) {
        subtractFour(p, j, at);
      }
      for (; p < j; p++) {
        Dense.add(factor, p * k + j, -factor[p * k + j], factor, at + j, k - j);
      }
      double pivot = factor[at + j];
      if (!(pivot > 0)) {
        return false;
      }
      double root = Math.sqrt(pivot);
      factor[at + j] = root;
      Dense.scale(factor, at + j + 1, 1.0 / root, k - j - 1);
    }
    return true;
  }

  private void subtractFour(int p, int j, int at) {
    Dense.addFour(
        factor,
        p * k + j,
        (p + 1) * k + j,
        (p + 2) * k + j,
        (p + 3) * k + j,
        -factor[p * k + j],
        -factor[(p + 1) * k + j],
        -factor[(p + 2) * k + j],
        -factor[(p + 3) * k + j],
        factor,
        at + j,
        k - j);
  }

  /**
   * L·Lᵀ ± factor·v·vᵀ. O(k²).
   *
   * @param source holds v
   * @param at where v starts
   * @param weight negative to take away
   * @return false when the result is not safely positive definite; the factor is then void
   */
  boolean update(double[] source, int at, double weight) {
    double root = Math.sqrt(Math.abs(weight));
    for (int i = 0; i < k; i++) {
      work[i] = root * source[at + i];
    }
    double sign = weight < 0 ? -1.0 : 1.0;
    for (int j = 0; j < k; j++) {
      double w = work[j];
      if (w == 0.0) {
        continue;
      }
      int column = j * k;
      double old = factor[column + j];
      double square = old * old + sign * w * w;
      if (!(square > 1e-14 * old * old)) {
        return false;
      }
      double diagonal = Math.sqrt(square);
      double c = diagonal / old;
      double s = w / old;
      factor[column + j] = diagonal;
      rotate(column, j + 1, 1.0 / c, sign * s, c, s);
    }
    return true;
  }

  private void rotate(int column, int from, double inverse, double signedSine, double c, double s) {
    double[] l = factor;
    double[] w = work;
    int count = k;
    for (int i = from; i < count; i++) {
      double value = (l[column + i] + signedSine * w[i]) * inverse;
      l[column + i] = value;
      w[i] = c * w[i] - s * value;
    }
  }

  /** Solves L·Lᵀ·v = b in place. O(k²). */
  void solve(double[] b) {
    for (int j = 0; j < k; j++) {
      double value = b[j] / factor[j * k + j];
      b[j] = value;
      Dense.add(factor, j * k + j + 1, -value, b, j + 1, k - j - 1);
    }
    for (int j = k - 1; j >= 0; j--) {
      double sum = b[j] - Dense.dot(factor, j * k + j + 1, b, j + 1, k - j - 1);
      b[j] = sum / factor[j * k + j];
    }
  }
}
