package io.dualgrid.mask;

import io.dualgrid.qp.SparseMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * All solutions of the equality rows of a program, Ax = b, as x = x0 + S·f with one free variable a
 * column of S.
 *
 * <p>Gauss–Jordan elimination, one row at a time, rows scaled to a largest entry of 1 and the pivot
 * taken among the entries of at least half the largest, the sparsest column first; devices share
 * few variables, so S stays sparse where an orthogonal factorisation would fill in. A row that
 * vanishes against the rows before it is redundant; if its right-hand side does not vanish too, the
 * program has no solution. Immutable after construction.
 */
final class EqualityElimination {
  /** Relative to rows with a largest entry of 1; elimination loses a few digits of 16 at most. */
  private static final double RANK_TOLERANCE = 1e-9;

  /** Fill-in that is rounding and nothing else. */
  private static final double DROP_TOLERANCE = 1e-15;

  private final int variables;
  private final int equalities;
  private final int[] freeVariables;
  private final int[] pivotVariables;
  private final double[] particular;
  // pivot variable p = particular[p] − Σ entries · free variables, compressed by pivot
  private final int[] pointers;
  private final int[] freeIndices;
  private final double[] entries;
  // multipliers of the equality rows from a gradient at the pivot variables, compressed by pivot
  private final int[] inversePointers;
  private final int[] inverseRows;
  private final double[] inverseEntries;
  private final double[] rowScales;

  /**
   * Eliminates.
   *
   * @param name whose program, for messages
   * @param rowMajor transpose of A, so that column i holds row i: variables by equalities
   * @param rightHandSide b
   * @param rowNumbers number of each row in the program, for messages
   * @throws MaskException when the rows contradict each other
   */
  EqualityElimination(
      String name, SparseMatrix rowMajor, double[] rightHandSide, int[] rowNumbers) {
    variables = rowMajor.rows();
    equalities = rowMajor.columns();
    rowScales = new double[equalities];
    int[] columnCount = new int[variables];
    for (int j : rowMajor.rowIndices()) {
      columnCount[j]++;
    }
    double[][] reduced = new double[equalities][]; // by pivot
    double[][] transform = new double[equalities][]; // by pivot, over the rows of A
    double[] constant = new double[equalities]; // by pivot
    int[] pivots = new int[equalities];
    int[] pivotOf = new int[variables];
    Arrays.fill(pivotOf, -1);
    int rank = 0;
    int[] columnPointers = rowMajor.columnPointers();
    int[] order =
        IntStream.range(0, equalities)
            .boxed()
            .sorted(Comparator.comparingInt(i -> columnPointers[i + 1] - columnPointers[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] support = new int[Math.max(variables, equalities)];
    for (int i : order) {
      double[] row = new double[variables];
      double[] combination = new double[equalities];
      double largest = 0.0;
      for (int k = columnPointers[i]; k < columnPointers[i + 1]; k++) {
        row[rowMajor.rowIndices()[k]] = rowMajor.values()[k];
        largest = Math.max(largest, Math.abs(rowMajor.values()[k]));
      }
      double scale = largest == 0.0 ? 1.0 : 1.0 / largest;
      rowScales[i] = scale;
      double right = rightHandSide[i] * scale;
      double rightScale = Math.max(1.0, Math.abs(right));
      for (int j = 0; j < variables; j++) {
        row[j] *= scale;
      }
      combination[i] = 1.0;
      for (int k = columnPointers[i]; k < columnPointers[i + 1]; k++) {
        int pivot = pivotOf[rowMajor.rowIndices()[k]];
        if (pivot >= 0) {
          double factor = row[pivots[pivot]];
          subtract(row, reduced[pivot], factor);
          row[pivots[pivot]] = 0.0;
          subtract(combination, transform[pivot], factor);
          right -= factor * constant[pivot];
          rightScale = Math.max(rightScale, Math.abs(factor * constant[pivot]));
        }
      }
      int pivotVariable = choosePivot(row, columnCount);
      if (pivotVariable < 0) {
        if (Math.abs(right) > RANK_TOLERANCE * rightScale) {
          throw new MaskException(
              name
                  + ": equality row "
                  + rowNumbers[i]
                  + " contradicts the rows before it; check the loads and device limits of this"
                  + " node");
        }
        continue;
      }
      double inverse = 1.0 / row[pivotVariable];
      multiply(row, inverse);
      row[pivotVariable] = 1.0;
      multiply(combination, inverse);
      right *= inverse;
      int count = nonZeros(row, support);
      for (int p = 0; p < rank; p++) {
        double factor = reduced[p][pivotVariable];
        if (factor != 0.0) {
          for (int s = 0; s < count; s++) {
            int j = support[s];
            double value = reduced[p][j] - factor * row[j];
            reduced[p][j] = Math.abs(value) < DROP_TOLERANCE ? 0.0 : value;
          }
          reduced[p][pivotVariable] = 0.0;
          subtract(transform[p], combination, factor);
          constant[p] -= factor * right;
        }
      }
      reduced[rank] = row;
      transform[rank] = combination;
      constant[rank] = right;
      pivots[rank] = pivotVariable;
      pivotOf[pivotVariable] = rank;
      rank++;
    }

    pivotVariables = Arrays.copyOf(pivots, rank);
    freeVariables = IntStream.range(0, variables).filter(j -> pivotOf[j] < 0).toArray();
    particular = new double[variables];
    int[] freeOf = new int[variables];
    for (int f = 0; f < freeVariables.length; f++) {
      freeOf[freeVariables[f]] = f;
    }
    pointers = new int[rank + 1];
    inversePointers = new int[rank + 1];
    for (int p = 0; p < rank; p++) {
      particular[pivots[p]] = constant[p];
      pointers[p + 1] = pointers[p] + nonZeros(reduced[p], support) - 1;
      inversePointers[p + 1] = inversePointers[p] + nonZeros(transform[p], support);
    }
    freeIndices = new int[pointers[rank]];
    entries = new double[pointers[rank]];
    inverseRows = new int[inversePointers[rank]];
    inverseEntries = new double[inversePointers[rank]];
    for (int p = 0; p < rank; p++) {
      int at = pointers[p];
      int count = nonZeros(reduced[p], support);
      for (int s = 0; s < count; s++) {
        if (support[s] != pivots[p]) {
          freeIndices[at] = freeOf[support[s]];
          entries[at++] = reduced[p][support[s]];
        }
      }
      at = inversePointers[p];
      count = nonZeros(transform[p], support);
      for (int s = 0; s < count; s++) {
        inverseRows[at] = support[s];
        inverseEntries[at++] = transform[p][support[s]];
      }
    }
  }

  private static int choosePivot(double[] row, int[] columnCount) {
    double largest = 0.0;
    for (double value : row) {
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest <= RANK_TOLERANCE) {
      return -1;
    }
    int best = -1;
    for (int j = 0; j < row.length; j++) {
      if (Math.abs(row[j]) >= 0.5 * largest && (best < 0 || columnCount[j] < columnCount[best])) {
        best = j;
      }
    }
    return best;
  }

  private static void subtract(double[] target, double[] source, double factor) {
    for (int j = 0; j < target.length; j++) {
      if (source[j] != 0.0) {
        double value = target[j] - factor * source[j];
        target[j] = Math.abs(value) < DROP_TOLERANCE ? 0.0 : value;
      }
    }
  }

  private static void multiply(double[] target, double factor) {
    for (int j = 0; j < target.length; j++) {
      target[j] *= factor;
    }
  }

  private static int nonZeros(double[] row, int[] support) {
    int count = 0;
    for (int j = 0; j < row.length; j++) {
      if (row[j] != 0.0) {
        support[count++] = j;
      }
    }
    return count;
  }

  /** Number of free variables k. */
  int dimension() {
    return freeVariables.length;
  }

  /** The free variables, length k; not to be modified. */
  int[] freeVariables() {
    return freeVariables;
  }

  /** x0, length n: the solution with all free variables zero; not to be modified. */
  double[] particular() {
    return particular;
  }

  /** S = ∂x/∂f, n by k. */
  SparseMatrix basis() {
    SparseMatrix.Builder basis = SparseMatrix.builder(variables, freeVariables.length);
    for (int f = 0; f < freeVariables.length; f++) {
      basis.add(freeVariables[f], f, 1.0);
    }
    for (int p = 0; p < pivotVariables.length; p++) {
      for (int k = pointers[p]; k < pointers[p + 1]; k++) {
        basis.add(pivotVariables[p], freeIndices[k], -entries[k]);
      }
    }
    return basis.build();
  }

  /**
   * Multipliers ν of the equality rows that cancel a gradient at the pivot variables: (Aᵀν)_p =
   * −gradient_p; where the gradient of the reduced problem is zero, Aᵀν = −gradient everywhere.
   * Redundant rows get 0.
   *
   * @param gradient length n, not modified
   * @param multipliers one an equality row, overwritten
   */
  void multipliers(double[] gradient, double[] multipliers) {
    Arrays.fill(multipliers, 0, equalities, 0.0);
    for (int p = 0; p < pivotVariables.length; p++) {
      double value = gradient[pivotVariables[p]];
      if (value != 0.0) {
        for (int k = inversePointers[p]; k < inversePointers[p + 1]; k++) {
          multipliers[inverseRows[k]] -= inverseEntries[k] * value;
        }
      }
    }
    for (int i = 0; i < equalities; i++) {
      multipliers[i] *= rowScales[i];
    }
  }
}
