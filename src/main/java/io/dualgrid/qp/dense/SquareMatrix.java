package io.dualgrid.qp.dense;

/**
 * A square matrix A of order k, made by products and multiplied by vectors where it is kept. It may
 * be a secret: it is not printed, and neither it nor what it was multiplied by is left in memory.
 * One thread at a time. All throw {@link IllegalStateException} when it is closed, and {@link
 * IllegalArgumentException} for lengths or places that do not fit its order.
 */
public interface SquareMatrix extends AutoCloseable {
  /**
   * A ← H₁ H₂ … H_k D · A, with H_j = I − factors[j]·v_j·v_jᵀ. O(k³), a third less while A is
   * diagonal.
   *
   * @param reflectors k by k, row j holds v_j, which is zero before its entry j
   * @param factors length k
   * @param signs the diagonal of D, length k
   */
  void reflect(double[] reflectors, double[] factors, double[] signs);

  /** A ← Aᵀ. */
  void transpose();

  /**
   * A ← L⁻ᵀ · A. O(entries of L times k).
   *
   * @param below the entries of L below its diagonal, k rows
   * @param diagonal of L, length k, none of it zero
   */
  void solveTransposed(SparseRows below, double[] diagonal);

  /**
   * S · A.
   *
   * @param rows S
   * @return as many rows of k entries
   */
  double[] multiplyLeft(SparseRows rows);

  /**
   * S · A with the length of each row given.
   *
   * @param rows S
   * @param lengths of the rows, each with the sign that its row is multiplied by; replaced by the
   *     factors that did it
   * @return as many rows of k entries
   */
  double[] multiplyLeft(SparseRows rows, double[] lengths);

  /**
   * (S·A)ᵀ · W · (S·A).
   *
   * @param rows S
   * @param weights W, symmetric, all of its entries; as many rows
   * @return k by k
   */
  double[] congruence(SparseRows rows, SparseRows weights);

  /**
   * product ← A · vector.
   *
   * @param vector length k, not modified
   * @param product length k, another array; overwritten
   */
  void multiply(double[] vector, double[] product);

  /** product ← Aᵀ · vector, else as {@link #multiply}. */
  void multiplyTransposed(double[] vector, double[] product);

  /** Overwrites it. */
  @Override
  void close();
}
