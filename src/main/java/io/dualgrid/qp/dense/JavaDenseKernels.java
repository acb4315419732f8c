package io.dualgrid.qp.dense;

/** In Java. */
public final class JavaDenseKernels implements DenseKernels {
  @Override
  public SquareMatrix diagonal(double[] values) {
    return new JavaSquareMatrix(values);
  }
}
