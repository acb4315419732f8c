package io.dualgrid.qp.dense;

import java.util.Arrays;

/** In Java. */
final class JavaSquareMatrix implements SquareMatrix {
  private final int k;
  private boolean diagonal = true;
  private double[] rows; // null when closed

  JavaSquareMatrix(double[] values) {
    k = DenseArguments.requireOrder(values.length);
    rows = new double[k * k];
    for (int i = 0; i < k; i++) {
      rows[i * k + i] = values[i];
    }
  }

  private double[] open() {
    if (rows == null) {
      throw new IllegalStateException("the matrix is closed");
    }
    return rows;
  }

  @Override
  public void reflect(double[] reflectors, double[] factors, double[] signs) {
    DenseArguments.requireReflections(reflectors, factors, signs, k);
    DenseProducts.reflect(open(), reflectors, factors, signs, diagonal);
    diagonal = false;
  }

  @Override
  public void transpose() {
    double[] matrix = open();
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < i; j++) {
        double below = matrix[i * k + j];
        matrix[i * k + j] = matrix[j * k + i];
        matrix[j * k + i] = below;
      }
    }
  }

  @Override
  public void solveTransposed(SparseRows below, double[] factorDiagonal) {
    DenseArguments.requireTriangle(below, factorDiagonal, k);
    double[] matrix = open();
    diagonal = false;
    for (int i = k - 1; i >= 0; i--) {
      Dense.scale(matrix, i * k, 1.0 / factorDiagonal[i], k);
      for (int p = below.starts()[i]; p < below.starts()[i + 1]; p++) {
        Dense.add(matrix, i * k, -below.values()[p], matrix, below.columns()[p] * k, k);
      }
    }
  }

  @Override
  public double[] multiplyLeft(SparseRows left) {
    double[] product = new double[DenseArguments.requireFactor(left, k)];
    for (int i = 0; i < left.count(); i++) {
      left.multiplyRow(i, open(), product, i * k, k);
    }
    return product;
  }

  @Override
  public double[] multiplyLeft(SparseRows left, double[] lengths) {
    DenseArguments.requireLengths(left, lengths);
    double[] product = multiplyLeft(left);
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] /= Math.sqrt(Dense.dot(product, i * k, product, i * k, k));
      Dense.scale(product, i * k, lengths[i], k);
    }
    return product;
  }

  @Override
  public double[] congruence(SparseRows left, SparseRows weights) {
    DenseArguments.requireWeights(left, weights);
    double[] plain = multiplyLeft(left);
    double[] weighted = new double[plain.length];
    for (int i = 0; i < weights.count(); i++) {
      weights.multiplyRow(i, plain, weighted, i * k, k);
    }
    double[] product = DenseProducts.symmetricProduct(plain, weighted, k);
    Arrays.fill(plain, 0.0);
    Arrays.fill(weighted, 0.0);
    return product;
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
  public void close() {
    if (rows != null) {
      Arrays.fill(rows, 0.0);
      rows = null;
    }
  }
}
