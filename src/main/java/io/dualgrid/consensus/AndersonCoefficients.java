package io.dualgrid.consensus;

import java.util.Arrays;

/**
 * The least-squares coefficients of Anderson acceleration, type II, from inner products alone: with
 * residuals r_k and columns Δr_j = r_{j+1} − r_j, γ minimises ‖r − Σ γ_j Δr_j‖ (Walker and Ni,
 * "Anderson acceleration for fixed-point iterations", SIAM J. Numer. Anal. 49(4), 2011). Columns
 * are normalised and the normal equations regularised, so nearly dependent columns do no harm.
 *
 * <p>The vectors themselves stay where they are; this class sees sums over all parties.
 */
public final class AndersonCoefficients {
  private static final double REGULARISATION = 1e-10;

  private final int memory;
  private final double[][] gram;
  private final int[] slots; // slots in use, oldest first
  private int count;

  /** With room for a number of columns. */
  public AndersonCoefficients(int memory) {
    this.memory = memory;
    gram = new double[memory][memory];
    slots = new int[memory];
  }

  /** Number of columns in use. */
  public int columns() {
    return count;
  }

  /** Forgets all columns. */
  public void clear() {
    count = 0;
  }

  /** Forgets the older half of the columns. */
  public void dropOlderHalf() {
    int dropped = (count + 1) / 2;
    System.arraycopy(slots, dropped, slots, 0, count - dropped);
    count -= dropped;
  }

  /** Forgets one column. */
  public void drop(int slot) {
    int kept = 0;
    for (int k = 0; k < count; k++) {
      if (slots[k] != slot) {
        slots[kept++] = slots[k];
      }
    }
    count = kept;
  }

  /** The slot that the next column goes to: a free one, or the oldest, which is then forgotten. */
  public int claimSlot() {
    if (count == memory) {
      int oldest = slots[0];
      System.arraycopy(slots, 1, slots, 0, memory - 1);
      slots[memory - 1] = oldest;
      return oldest;
    }
    boolean[] used = new boolean[memory];
    for (int k = 0; k < count; k++) {
      used[slots[k]] = true;
    }
    int free = 0;
    while (used[free]) {
      free++;
    }
    slots[count++] = free;
    return free;
  }

  /**
   * Notes the inner products of a new column with all columns.
   *
   * @param slot of the new column
   * @param products by slot, length memory, itself included
   */
  public void noteColumn(int slot, double[] products) {
    for (int j = 0; j < memory; j++) {
      gram[slot][j] = products[j];
      gram[j][slot] = products[j];
    }
  }

  /**
   * The coefficients.
   *
   * @param residualProducts ⟨r, Δr_j⟩ by slot, length memory
   * @return γ by slot, zero for slots not in use, length memory
   */
  public double[] solve(double[] residualProducts) {
    double[] coefficients = new double[memory];
    double[][] matrix = new double[count][count];
    double[] right = new double[count];
    double[] norm = new double[count];
    for (int a = 0; a < count; a++) {
      norm[a] = Math.sqrt(Math.max(gram[slots[a]][slots[a]], Double.MIN_NORMAL));
    }
    for (int a = 0; a < count; a++) {
      right[a] = residualProducts[slots[a]] / norm[a];
      for (int b = 0; b < count; b++) {
        matrix[a][b] = gram[slots[a]][slots[b]] / (norm[a] * norm[b]);
      }
      matrix[a][a] += REGULARISATION;
    }
    if (!solveSymmetric(matrix, right)) {
      return coefficients;
    }
    for (int a = 0; a < count; a++) {
      coefficients[slots[a]] = right[a] / norm[a];
    }
    return coefficients;
  }

  /** Gaussian elimination with partial pivoting, in place; false when singular. */
  private static boolean solveSymmetric(double[][] matrix, double[] right) {
    int n = right.length;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) {
          pivot = row;
        }
      }
      double[] swapped = matrix[pivot];
      matrix[pivot] = matrix[column];
      matrix[column] = swapped;
      double value = right[pivot];
      right[pivot] = right[column];
      right[column] = value;
      if (!(Math.abs(matrix[column][column]) > 1e-300)) {
        return false;
      }
      for (int row = column + 1; row < n; row++) {
        double factor = matrix[row][column] / matrix[column][column];
        for (int k = column; k < n; k++) {
          matrix[row][k] -= factor * matrix[column][k];
        }
        right[row] -= factor * right[column];
      }
    }
    for (int row = n - 1; row >= 0; row--) {
      for (int k = row + 1; k < n; k++) {
        right[row] -= matrix[row][k] * right[k];
      }
      right[row] /= matrix[row][row];
    }
    return Arrays.stream(right).allMatch(Double::isFinite);
  }
}
