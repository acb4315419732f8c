package io.dualgrid.qp.dense;

/** Loops over parts of arrays, in the shapes that the virtual machine turns into vector code. */
public final class Dense {
  private Dense() {}

  /** target += factor · source. */
  public static void add(
      double[] source, int sourceAt, double factor, double[] target, int targetAt, int count) {
    for (int i = 0; i < count; i++) {
      target[targetAt + i] += factor * source[sourceAt + i];
    }
  }

  /** target += Σ factor · source over four parts of one array: a store for four loads. */
  public static void addFour(
      double[] source,
      int at0,
      int at1,
      int at2,
      int at3,
      double f0,
      double f1,
      double f2,
      double f3,
      double[] target,
      int targetAt,
      int count) {
    for (int i = 0; i < count; i++) {
      target[targetAt + i] +=
          f0 * source[at0 + i] + f1 * source[at1 + i] + f2 * source[at2 + i] + f3 * source[at3 + i];
    }
  }

  /**
   * target += Σ over r of coefficient r · row r, four rows at a time.
   *
   * @param rows row r from rowsAt + r · rowStride
   * @param coefficients coefficient r at coefficientsAt + r · coefficientStride
   * @param rowCount number of rows
   * @param count entries of each
   */
  public static void addRows(
      double[] rows,
      int rowsAt,
      int rowStride,
      double[] coefficients,
      int coefficientsAt,
      int coefficientStride,
      int rowCount,
      double[] target,
      int targetAt,
      int count) {
    int r = 0;
    for (; r + 3 < rowCount; r += 4) {
      int row = rowsAt + r * rowStride;
      int at = coefficientsAt + r * coefficientStride;
      addFour(
          rows,
          row,
          row + rowStride,
          row + 2 * rowStride,
          row + 3 * rowStride,
          coefficients[at],
          coefficients[at + coefficientStride],
          coefficients[at + 2 * coefficientStride],
          coefficients[at + 3 * coefficientStride],
          target,
          targetAt,
          count);
    }
    for (; r < rowCount; r++) {
      add(
          rows,
          rowsAt + r * rowStride,
          coefficients[coefficientsAt + r * coefficientStride],
          target,
          targetAt,
          count);
    }
  }

  public static void scale(double[] target, int at, double factor, int count) {
    for (int i = at; i < at + count; i++) {
      target[i] *= factor;
    }
  }

  /** Sum of products, in four chains: a single one would wait for each addition. */
  public static double dot(double[] a, int aAt, double[] b, int bAt, int count) {
    double s0 = 0.0;
    double s1 = 0.0;
    double s2 = 0.0;
    double s3 = 0.0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      s0 += a[aAt + i] * b[bAt + i];
      s1 += a[aAt + i + 1] * b[bAt + i + 1];
      s2 += a[aAt + i + 2] * b[bAt + i + 2];
      s3 += a[aAt + i + 3] * b[bAt + i + 3];
    }
    for (; i < count; i++) {
      s0 += a[aAt + i] * b[bAt + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /**
   * target += matrix · vector, four rows at a time, which share what is read of the vector.
   *
   * @param matrix rows · columns, row after row
   */
  public static void addProducts(
      double[] matrix, int rows, int columns, double[] vector, double[] target) {
    int r = 0;
    for (; r + 3 < rows; r += 4) {
      int at0 = r * columns;
      int at1 = at0 + columns;
      int at2 = at1 + columns;
      int at3 = at2 + columns;
      double s0 = 0.0;
      double s1 = 0.0;
      double s2 = 0.0;
      double s3 = 0.0;
      for (int i = 0; i < columns; i++) {
        double value = vector[i];
        s0 += matrix[at0 + i] * value;
        s1 += matrix[at1 + i] * value;
        s2 += matrix[at2 + i] * value;
        s3 += matrix[at3 + i] * value;
      }
      target[r] += s0;
      target[r + 1] += s1;
      target[r + 2] += s2;
      target[r + 3] += s3;
    }
    for (; r < rows; r++) {
      target[r] += dot(matrix, r * columns, vector, 0, columns);
    }
  }

  public static double largest(double[] values) {
    double largest = 0.0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /**
   * product = Σ over columns j of vector[j] · column j.
   *
   * @param columns rows · count, column after column
   */
  public static void multiplyColumns(
      double[] columns, int rows, int count, double[] vector, double[] out) {
    java.util.Arrays.fill(out, 0, rows, 0.0);
    addRows(columns, 0, rows, vector, 0, 1, count, out, 0, rows);
  }
}
