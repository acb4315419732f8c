package io.dualgrid.qp.dense;

import java.util.Arrays;

/** In Java. */
final class JavaSquareMatrix implements SquareMatrix {
  private final int k;
  private double[] rows; // null when closed

  /** Keeps the array. */
  JavaSquareMatrix(double[] rows, int k) {
    this.rows = rows;
    this.k = k;
  }

  private double[] open() {
    if (rows == null) {
      throw new IllegalStateException("the matrix is closed");
    }
    return rows;
  }

  @Override
  public void multiply(double[] vector, double[] product) {
    DenseArguments.requireVectors(vector, product, k);
    Arrays.fill(product, 0.0);
    Dense.addProducts(open(), k, k, vector, product);
  }

  @Override
  public void multiplyTransposed(double[] vector, double[] product) {
    DenseArguments.requireVectors(vector, product, k);
    Dense.multiplyColumns(open(), k, k, vector, product);
  }

  @Override
  public double[] entries() {
    return open().clone();
  }

  @Override
  public void close() {
    if (rows != null) {
      Arrays.fill(rows, 0.0);
      rows = null;
    }
  }
}
