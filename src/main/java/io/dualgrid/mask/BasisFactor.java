package io.dualgrid.mask;

import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.SparseRows;
import io.dualgrid.qp.dense.SquareMatrix;
import java.util.Arrays;

/**
 * The Cholesky factor L of SᵀS = L·Lᵀ, S sparse with an identity among its rows, so that SᵀS ≥ I
 * and the factorisation cannot fail. Steps of an energy system are coupled by storage only, so L is
 * sparse in the order of the variables already: five in a hundred entries of yingkou-60 at 24 steps
 * and fewer at more. What is taken for zero here is exactly zero.
 */
final class BasisFactor {
  private final SparseRows below; // the entries before the diagonal, columns rising
  private final double[] diagonal;

  /**
   * Factorises, row after row. O(k · entries of L).
   *
   * @param basis S, n by k
   * @param byVariable Sᵀ
   * @throws MaskException when S is not finite
   */
  BasisFactor(SparseMatrix basis, SparseMatrix byVariable) {
    int k = basis.columns();
    Rows rows = new Rows(k);
    double[] work = new double[k];
    for (int i = 0; i < k; i++) {
      addGramRow(basis, byVariable, i, work);
      double square = work[i];
      work[i] = 0.0;
      for (int j = 0; j < i; j++) {
        double value = (work[j] - rows.dot(j, work)) / rows.diagonal[j];
        work[j] = value;
        square -= value * value;
      }
      if (!(square > 0.0 && square < Double.POSITIVE_INFINITY)) {
        throw new MaskException("the basis of the equality rows is not finite");
      }
      rows.add(i, work, Math.sqrt(square));
      Arrays.fill(work, 0, i, 0.0);
    }
    int entries = rows.starts[k];
    below =
        new SparseRows(
            rows.starts, Arrays.copyOf(rows.columns, entries), Arrays.copyOf(rows.values, entries));
    diagonal = rows.diagonal;
  }

  /** work[0 … i] += row i of SᵀS. */
  private static void addGramRow(
      SparseMatrix basis, SparseMatrix byVariable, int i, double[] work) {
    for (int s = basis.columnPointers()[i]; s < basis.columnPointers()[i + 1]; s++) {
      int variable = basis.rowIndices()[s];
      double weight = basis.values()[s];
      for (int b = byVariable.columnPointers()[variable];
          b < byVariable.columnPointers()[variable + 1] && byVariable.rowIndices()[b] <= i;
          b++) {
        work[byVariable.rowIndices()[b]] += weight * byVariable.values()[b];
      }
    }
  }

  /** Rows so far. */
  private static final class Rows {
    final int[] starts;
    final double[] diagonal;
    int[] columns = new int[64];
    double[] values = new double[64];

    Rows(int k) {
      starts = new int[k + 1];
      diagonal = new double[k];
    }

    /** Row j, without its diagonal, times a vector. */
    double dot(int j, double[] vector) {
      double sum = 0.0;
      for (int p = starts[j]; p < starts[j + 1]; p++) {
        sum += values[p] * vector[columns[p]];
      }
      return sum;
    }

    void add(int i, double[] row, double last) {
      int end = starts[i];
      for (int j = 0; j < i; j++) {
        if (row[j] != 0.0) {
          if (end == columns.length) {
            columns = Arrays.copyOf(columns, 2 * end);
            values = Arrays.copyOf(values, 2 * end);
          }
          columns[end] = j;
          values[end++] = row[j];
        }
      }
      starts[i + 1] = end;
      diagonal[i] = last;
    }
  }

  /** matrix ← L⁻ᵀ · matrix. O(entries of L times k). */
  void solveTransposed(SquareMatrix matrix) {
    matrix.solveTransposed(below, diagonal);
  }

  /** Lᵀ · vector. */
  double[] multiplyTransposed(double[] vector) {
    double[] product = new double[diagonal.length];
    for (int i = 0; i < product.length; i++) {
      product[i] += diagonal[i] * vector[i];
      for (int p = below.starts()[i]; p < below.starts()[i + 1]; p++) {
        product[below.columns()[p]] += below.values()[p] * vector[i];
      }
    }
    return product;
  }
}
