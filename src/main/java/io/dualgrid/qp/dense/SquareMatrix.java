package io.dualgrid.qp.dense;

/**
 * A square matrix that stays where it is multiplied by vectors, again and again. It may be a
 * secret: it is not printed, and neither it nor what it was multiplied by is left in memory. One
 * thread at a time.
 */
public interface SquareMatrix extends AutoCloseable {
  /**
   * product ← A · vector.
   *
   * @param vector length k, not modified
   * @param product length k, another array; overwritten
   * @throws IllegalStateException when closed
   */
  void multiply(double[] vector, double[] product);

  /** product ← Aᵀ · vector, else as {@link #multiply}. */
  void multiplyTransposed(double[] vector, double[] product);

  /** Its entries, row after row; a copy, which the caller overwrites if it is a secret. */
  double[] entries();

  /** Overwrites it. */
  @Override
  void close();
}
