package io.dualgrid.mask;

import io.dualgrid.qp.BoundsPropagation;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program on the solutions of its equality rows: x = x0 + S·f, with the inequality rows that can
 * bind, parallel ones merged. Made once for an energy system; masks are drawn from it.
 */
final class ReducedProgram {
  /**
   * Rows whose directions differ by less than this, relative, are one: what elimination leaves of
   * two equal rows differs by some 1e-15.
   */
  private static final double PARALLEL_TOLERANCE = 1e-11;

  /**
   * Largest difference of entries, relative, at which a row is deferred for the sake of another.
   */
  private static final double NEARLY_PARALLEL = 0.05;

  private final QuadraticProgram program;
  private final EqualityElimination equalities;
  private final SparseMatrix basis;
  private final int[] equalityRows;
  private final List<Slab> slabs = new ArrayList<>();
  private final List<Slab> active;

  /**
   * Reduces.
   *
   * @param mergeParallel whether parallel rows become one
   * @param deferBeyond sides farther than this from the particular solution are left out of masked
   *     programs; infinite to leave none out
   * @throws MaskException when the equality rows contradict each other, or an inequality row that
   *     they determine is violated
   */
  ReducedProgram(QuadraticProgram program, boolean mergeParallel, double deferBeyond) {
    this.program = program;
    SparseMatrix byRow = program.constraints().transpose();
    List<Integer> equal = new ArrayList<>();
    List<Integer> unequal = new ArrayList<>();
    for (int i = 0; i < program.rowCount(); i++) {
      (program.lower()[i] == program.upper()[i] ? equal : unequal).add(i);
    }
    equalityRows = equal.stream().mapToInt(Integer::intValue).toArray();
    double[] rightHandSide = new double[equalityRows.length];
    for (int e = 0; e < equalityRows.length; e++) {
      rightHandSide[e] = program.lower()[equalityRows[e]];
    }
    equalities =
        new EqualityElimination(
            program.name(), columnsOf(byRow, equalityRows), rightHandSide, equalityRows);
    if (equalities.dimension() == 0) {
      throw new MaskException(
          program.name() + ": its equality rows leave nothing to decide, so nothing to mask");
    }
    basis = equalities.basis();
    collectSlabs(byRow, unequal, mergeParallel);
    slabs.forEach(slab -> slab.defer(deferBeyond));
    if (deferBeyond < Double.POSITIVE_INFINITY) {
      deferNearlyParallel();
    }
    active = slabs.stream().filter(Slab::inUse).toList();
  }

  /**
   * Keeps one of several nearly parallel rows. The voltages at the two ends of a line are such
   * rows: under any mask of bounded condition they would stand out by their angle.
   */
  private void deferNearlyParallel() {
    Map<Integer, List<Slab>> kept = new HashMap<>();
    for (Slab slab : slabs) {
      List<Slab> candidates = kept.computeIfAbsent(slab.leadingIndex(), key -> new ArrayList<>());
      if (candidates.stream().anyMatch(other -> slab.isNearlyParallel(other, NEARLY_PARALLEL))) {
        slab.defer();
      } else {
        candidates.add(slab);
      }
    }
  }

  /** Whether any row is left out that could bind. */
  boolean hasDeferred() {
    return slabs.stream().anyMatch(Slab::hasDeferred);
  }

  private static SparseMatrix columnsOf(SparseMatrix matrix, int[] columns) {
    SparseMatrix.Builder builder = SparseMatrix.builder(matrix.rows(), columns.length);
    for (int c = 0; c < columns.length; c++) {
      for (int k = matrix.columnPointers()[columns[c]];
          k < matrix.columnPointers()[columns[c] + 1];
          k++) {
        builder.add(matrix.rowIndices()[k], c, matrix.values()[k]);
      }
    }
    return builder.build();
  }

  private void collectSlabs(SparseMatrix byRow, List<Integer> rows, boolean mergeParallel) {
    BoundsPropagation bounds =
        new BoundsPropagation(
            byRow, program.lower(), program.upper(), new boolean[program.variableCount()]);
    SparseMatrix basisByVariable = basis.transpose();
    double[] direction = new double[basis.columns()];
    Map<Integer, List<Slab>> byPattern = new HashMap<>();
    for (int i : rows) {
      double share = 0.0;
      double largestTerm = 0.0;
      Arrays.fill(direction, 0.0);
      for (int k = byRow.columnPointers()[i]; k < byRow.columnPointers()[i + 1]; k++) {
        int variable = byRow.rowIndices()[k];
        double coefficient = byRow.values()[k];
        share += coefficient * equalities.particular()[variable];
        for (int s = basisByVariable.columnPointers()[variable];
            s < basisByVariable.columnPointers()[variable + 1];
            s++) {
          double term = coefficient * basisByVariable.values()[s];
          direction[basisByVariable.rowIndices()[s]] += term;
          largestTerm = Math.max(largestTerm, Math.abs(term));
        }
      }
      int[] indices = significant(direction, PARALLEL_TOLERANCE * largestTerm);
      if (indices.length == 0) {
        checkDetermined(i, share);
        continue;
      }
      double low = bounds.lowerCanBind(i) ? program.lower()[i] - share : Double.NEGATIVE_INFINITY;
      double high = bounds.upperCanBind(i) ? program.upper()[i] - share : Double.POSITIVE_INFINITY;
      if (low == Double.NEGATIVE_INFINITY && high == Double.POSITIVE_INFINITY) {
        continue;
      }
      double factor = leading(direction, indices);
      double[] coefficients = new double[indices.length];
      for (int k = 0; k < indices.length; k++) {
        coefficients[k] = direction[indices[k]] / factor;
      }
      List<Slab> candidates =
          byPattern.computeIfAbsent(Arrays.hashCode(indices), key -> new ArrayList<>());
      Slab slab =
          candidates.stream()
              .filter(other -> mergeParallel && isParallel(other, indices, coefficients))
              .findFirst()
              .orElse(null);
      if (slab == null) {
        slab = new Slab(indices, coefficients);
        candidates.add(slab);
        slabs.add(slab);
      }
      slab.add(i, factor, low, high, bounds.smallest(i) - share, bounds.largest(i) - share);
    }
    for (Slab slab : slabs) {
      if (slab.lower > slab.upper) {
        if (slab.lower > slab.upper + 1e-9 * Math.max(1.0, Math.abs(slab.upper))) {
          throw new MaskException(
              program.name()
                  + ": rows "
                  + slab.lowerRow
                  + " and "
                  + slab.upperRow
                  + " exclude each other; check the limits of this node's devices");
        }
        slab.lower = slab.upper;
      }
    }
  }

  private void checkDetermined(int row, double value) {
    double tolerance = 1e-9 * Math.max(1.0, Math.abs(value));
    if (value < program.lower()[row] - tolerance || value > program.upper()[row] + tolerance) {
      throw new MaskException(
          program.name()
              + ": row "
              + row
              + " is violated by whatever meets the equality rows; check the limits of this"
              + " node's devices against its loads");
    }
  }

  private static int[] significant(double[] direction, double tolerance) {
    int[] found = new int[direction.length];
    int count = 0;
    for (int f = 0; f < direction.length; f++) {
      if (Math.abs(direction[f]) > tolerance) {
        found[count++] = f;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** The first entry that is as large as any, so that parallel rows agree on it. */
  private static double leading(double[] direction, int[] indices) {
    double largest = 0.0;
    for (int f : indices) {
      largest = Math.max(largest, Math.abs(direction[f]));
    }
    for (int f : indices) {
      if (Math.abs(direction[f]) >= largest * (1 - 1e-6)) {
        return direction[f];
      }
    }
    throw new IllegalStateException("no largest entry among " + indices.length);
  }

  private static boolean isParallel(Slab slab, int[] indices, double[] coefficients) {
    if (!Arrays.equals(slab.indices, indices)) {
      return false;
    }
    for (int k = 0; k < coefficients.length; k++) {
      if (Math.abs(slab.coefficients[k] - coefficients[k]) > PARALLEL_TOLERANCE) {
        return false;
      }
    }
    return true;
  }

  /** The program as given. */
  QuadraticProgram program() {
    return program;
  }

  /** Number of free variables k. */
  int dimension() {
    return basis.columns();
  }

  /** S, n by k. */
  SparseMatrix basis() {
    return basis;
  }

  /** x0, length n; not to be modified. */
  double[] particular() {
    return equalities.particular();
  }

  /** The inequality rows that can bind and are not deferred, in the order of the program. */
  List<Slab> slabs() {
    return active;
  }

  /** Numbers of the equality rows of the program. */
  int[] equalityRows() {
    return equalityRows;
  }

  /** The values of the free variables in a solution. */
  double[] freeValues(double[] x) {
    int[] variables = equalities.freeVariables();
    double[] values = new double[variables.length];
    for (int f = 0; f < values.length; f++) {
      values[f] = x[variables[f]];
    }
    return values;
  }

  /** Multipliers of the slabs from those of the rows of the program. */
  double[] slabMultipliers(double[] y) {
    double[] bySlab = new double[active.size()];
    for (int i = 0; i < bySlab.length; i++) {
      Slab slab = active.get(i);
      if (slab.upperRow >= 0) {
        bySlab[i] += Math.max(0.0, y[slab.upperRow] * slab.upperFactor);
      }
      if (slab.lowerRow >= 0) {
        bySlab[i] += Math.min(0.0, y[slab.lowerRow] * slab.lowerFactor);
      }
    }
    return bySlab;
  }

  /**
   * Adds multipliers of the slabs to those of the rows they come from; a multiplier on a side that
   * no row has is dropped, and the check of the answer finds the gradient wrong.
   */
  void rowMultipliers(double[] bySlab, double[] y) {
    for (int i = 0; i < bySlab.length; i++) {
      Slab slab = active.get(i);
      double value = bySlab[i];
      if (value > 0 && slab.upperRow >= 0) {
        y[slab.upperRow] += value / slab.upperFactor;
      } else if (value < 0 && slab.lowerRow >= 0) {
        y[slab.lowerRow] += value / slab.lowerFactor;
      }
    }
  }

  /** See {@link EqualityElimination#multipliers}. */
  void equalityMultipliers(double[] gradient, double[] multipliers) {
    equalities.multipliers(gradient, multipliers);
  }
}
