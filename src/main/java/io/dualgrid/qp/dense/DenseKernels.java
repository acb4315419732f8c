package io.dualgrid.qp.dense;

/**
 * Products of dense matrices, each row after row: those that cost O(k³), and of one that is kept
 * with many vectors. Thread safe; what the arguments hold is overwritten wherever it was copied to.
 */
public interface DenseKernels {
  /**
   * matrix ← H₁ H₂ … H_k D · matrix, with H_j = I − factors[j]·v_j·v_jᵀ.
   *
   * @param matrix k rows of columns entries; modified
   * @param columns number of columns
   * @param reflectors k by k, row j holds v_j, which is zero before its entry j
   * @param factors length k
   * @param signs the diagonal of D, length k
   * @param diagonal whether the matrix is square and diagonal, which saves a third of the work
   */
  void reflect(
      double[] matrix,
      int columns,
      double[] reflectors,
      double[] factors,
      double[] signs,
      boolean diagonal);

  /**
   * leftᵀ · right, known to be symmetric.
   *
   * @param left count rows of k entries
   * @param right count rows of k entries
   * @param k order of the product
   * @return k by k
   */
  double[] symmetricProduct(double[] left, double[] right, int k);

  /**
   * Keeps a matrix to be multiplied by vectors.
   *
   * @param entries k by k, taken over: kept, or copied and overwritten with zeros
   * @param k at least 1
   */
  SquareMatrix keep(double[] entries, int k);
}
