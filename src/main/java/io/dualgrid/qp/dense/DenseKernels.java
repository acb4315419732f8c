package io.dualgrid.qp.dense;

/** Where square matrices are kept and multiplied. Thread safe. */
public interface DenseKernels {
  /**
   * A diagonal matrix, to begin a product with.
   *
   * @param values of the diagonal, at least one; copied
   * @throws IllegalArgumentException when there is none, or more than memory can be asked for
   */
  SquareMatrix diagonal(double[] values);
}
