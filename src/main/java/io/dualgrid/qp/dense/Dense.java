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
    int j = 0;
    for (; j + 3 < count; j += 4) {
      addFour(
          columns,
          j * rows,
          (j + 1) * rows,
          (j + 2) * rows,
          (j + 3) * rows,
          vector[j],
          vector[j + 1],
          vector[j + 2],
          vector[j + 3],
          out,
          0,
          rows);
    }
    for (; j < count; j++) {
      add(columns, j * rows, vector[j], out, 0, rows);
    }
  }
}
