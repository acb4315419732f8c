package io.dualgrid.mask;

/**
 * Setup message from an energy system to the cloud, once a mask: the masked program without its
 * linear term, minimise ½ yᵀHy + cᵀy subject to lower ≤ Gy ≤ upper.
 *
 * <p>The arrays belong to the message and must not be modified.
 *
 * @param mask random number of this mask; it ties the later messages to it and says nothing else
 * @param dimension number of masked variables k
 * @param quadratic H, length k · k, row by row, symmetric positive semidefinite
 * @param rows G, length m · k, row by row
 * @param lower length m, negative infinity where a row has no lower bound
 * @param upper length m, positive infinity where a row has no upper bound
 * @param start a point to start from, length k, zero when there is none
 * @param startMultipliers multipliers to start from, length m
 */
public record MaskedProblem(
    long mask,
    int dimension,
    double[] quadratic,
    double[] rows,
    double[] lower,
    double[] upper,
    double[] start,
    double[] startMultipliers) {

  /**
   * Checks lengths.
   *
   * @throws IllegalArgumentException when they disagree
   */
  public MaskedProblem {
    if (dimension < 1
        || quadratic.length != dimension * dimension
        || rows.length != lower.length * dimension
        || upper.length != lower.length
        || start.length != dimension
        || startMultipliers.length != lower.length) {
      throw new IllegalArgumentException(
          "masked problem of dimension "
              + dimension
              + " with "
              + quadratic.length
              + " quadratic entries, "
              + rows.length
              + " row entries and "
              + lower.length
              + "/"
              + upper.length
              + " bounds, start "
              + start.length
              + "/"
              + startMultipliers.length);
    }
  }

  /** Number of rows m. */
  public int rowCount() {
    return lower.length;
  }

  /** Dimensions only. */
  @Override
  public String toString() {
    return "MaskedProblem[" + rowCount() + " x " + dimension + "]";
  }
}
