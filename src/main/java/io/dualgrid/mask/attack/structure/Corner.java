package io.dualgrid.mask.attack.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A dependency whose rows all meet one of their sides in one and the same point: Σ cᵢ·bᵢ = 0 for
 * these sides b. Limits that have nothing to do with each other never do so; those of one device
 * do, where it is off: P = 0, |Q| ≤ P·tan φ; E = 0, charge = 0, discharge = 0.
 *
 * @param dependency of the rows
 * @param upper for each of its rows, whether it is the upper side that takes part
 */
record Corner(RowDependency dependency, boolean[] upper) {
  /** Of Σ cᵢ·bᵢ, relative to its largest term. */
  private static final double MEET = 1e-9;

  /** All corners of a dependency, among sides that limit anything. */
  static List<Corner> of(RowDependency dependency, RealSides sides) {
    List<Corner> found = new ArrayList<>();
    int n = dependency.size();
    for (int choice = 0; choice < 1 << n; choice++) {
      boolean[] upper = new boolean[n];
      double sum = 0.0;
      double largest = 0.0;
      boolean real = true;
      for (int i = 0; i < n && real; i++) {
        int row = dependency.rows()[i];
        upper[i] = (choice >> i & 1) == 1;
        real = sides.isReal(row, upper[i]) && !sides.program().isFlat(row);
        double term = dependency.coefficients()[i] * sides.program().side(row, upper[i]);
        sum += term;
        largest = Math.max(largest, Math.abs(term));
      }
      if (real && Math.abs(sum) <= MEET * Math.max(largest, 1.0)) {
        found.add(new Corner(dependency, upper));
      }
    }
    return found;
  }

  /**
   * The coefficient of a row in terms of the inner normal at this corner, which is −gᵢ where the
   * upper side takes part.
   */
  double inward(int index) {
    return dependency.coefficients()[index] * (upper[index] ? -1.0 : 1.0);
  }

  /** The same by the number of the row. */
  double inwardOf(int row) {
    return dependency.coefficient(row) * (isUpper(row) ? -1.0 : 1.0);
  }

  /** Whether a row meets the corner with its upper side. */
  boolean isUpper(int row) {
    return upper[Arrays.binarySearch(dependency.rows(), row)];
  }

  /**
   * The row whose inner normal is a positive combination of those of the two others, −1 unless
   * there are three rows and one such: the power of a device between the sides of its cone.
   */
  int inner() {
    if (dependency.size() != 3) {
      return -1;
    }
    int positive = 0;
    for (int i = 0; i < 3; i++) {
      positive += inward(i) > 0 ? 1 : 0;
    }
    if (positive == 0 || positive == 3) {
      return -1;
    }
    for (int i = 0; i < 3; i++) {
      if (inward(i) > 0 == (positive == 1)) {
        return i;
      }
    }
    return -1;
  }
}
