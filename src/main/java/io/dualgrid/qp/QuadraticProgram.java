package io.dualgrid.qp;

import java.util.Objects;

/**
 * A convex quadratic program: minimise ½ xᵀPx + qᵀx subject to l ≤ Ax ≤ u.
 *
 * @param name whose problem this is, for messages; never a secret
 * @param quadratic P, n by n, symmetric positive semidefinite, upper triangle only; the whole
 *     diagonal is stored, zeros included, so that it can be updated in place
 * @param linear q, length n
 * @param constraints A, m by n
 * @param lower l, length m; negative infinity where a row has no lower bound
 * @param upper u, length m; positive infinity where a row has no upper bound; an equality has lower
 *     = upper
 */
public record QuadraticProgram(
    String name,
    SparseMatrix quadratic,
    double[] linear,
    SparseMatrix constraints,
    double[] lower,
    double[] upper) {

  /**
   * Checks shapes and bounds; the arrays are kept, not copied, and must not be modified.
   *
   * @throws IllegalArgumentException when shapes disagree, or where two bounds leave no number
   *     between them
   */
  public QuadraticProgram {
    Objects.requireNonNull(name, "name");
    int n = linear.length;
    int m = lower.length;
    if (quadratic.rows() != n || quadratic.columns() != n) {
      throw new IllegalArgumentException(name + ": P is " + quadratic + ", expected n = " + n);
    }
    if (constraints.rows() != m || constraints.columns() != n || upper.length != m) {
      throw new IllegalArgumentException(
          name + ": A is " + constraints + ", expected " + m + " x " + n + ", u " + upper.length);
    }
    for (int j = 0; j < n; j++) {
      int end = quadratic.columnPointers()[j + 1];
      if (end == quadratic.columnPointers()[j] || quadratic.rowIndices()[end - 1] != j) {
        throw new IllegalArgumentException(
            name + ": column " + j + " of P must end with its diagonal (upper triangle only)");
      }
      if (!Double.isFinite(linear[j])) {
        throw new IllegalArgumentException(name + ": q[" + j + "] is " + linear[j]);
      }
    }
    for (int i = 0; i < m; i++) {
      if (!QpArguments.areBounds(lower[i], upper[i])) {
        throw new IllegalArgumentException(
            name + ": row " + i + " has bounds [" + lower[i] + ", " + upper[i] + "]");
      }
    }
  }

  /** Number of variables. */
  public int variableCount() {
    return linear.length;
  }

  /** Number of constraint rows. */
  public int rowCount() {
    return lower.length;
  }

  /** ½ xᵀPx + qᵀx. */
  public double objective(double[] x) {
    double value = 0.0;
    int[] pointers = quadratic.columnPointers();
    for (int j = 0; j < linear.length; j++) {
      value += linear[j] * x[j];
      for (int k = pointers[j]; k < pointers[j + 1]; k++) {
        int i = quadratic.rowIndices()[k];
        double term = quadratic.values()[k] * x[i] * x[j];
        value += i == j ? 0.5 * term : term;
      }
    }
    return value;
  }
}
