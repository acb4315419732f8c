package io.dualgrid.qp.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend of the products must do: the same as the definition, at any size. */
public abstract class DenseKernelsContractTest {
  // Sums of up to 1,200 products of numbers around 1, in double precision.
  private static final double ROUNDING = 1e-10;

  /** The backend under test. */
  protected abstract DenseKernels kernels();

  // Blocks are 32 rows and 512 columns, tiles 4 by 4: sizes below, at, and beyond their edges.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 31, 32, 33, 35, 70, 515})
  void reflectionsAreAppliedInTheirOrder(int k) {
    Random random = new Random(k);
    double[] reflectors = new double[k * k];
    double[] factors = new double[k];
    double[] signs = new double[k];
    for (int j = 0; j < k; j++) {
      double square = 0.0;
      for (int i = j; i < k; i++) {
        reflectors[j * k + i] = random.nextGaussian();
        square += reflectors[j * k + i] * reflectors[j * k + i];
      }
      factors[j] = 2.0 / square;
      signs[j] = random.nextBoolean() ? 1 : -1;
    }
    double[] values = random.doubles(k, -1, 1).toArray();
    double[] expected = new double[k * k];
    for (int j = 0; j < k; j++) {
      expected[j * k + j] = values[j];
    }
    try (SquareMatrix matrix = kernels().diagonal(values)) {
      assertThat(entries(matrix, k)).isEqualTo(expected);
      for (int turn = 0; turn < 2; turn++) { // of a diagonal matrix, then of a full one
        expected = reflectOneByOne(expected, k, reflectors, factors, signs);
        matrix.reflect(reflectors, factors, signs);
        assertThat(entries(matrix, k)).containsExactly(expected, within(ROUNDING));
      }
    }
  }

  private static double[] reflectOneByOne(
      double[] matrix, int columns, double[] reflectors, double[] factors, double[] signs) {
    int k = factors.length;
    double[] result = matrix.clone();
    for (int i = 0; i < k; i++) {
      for (int c = 0; c < columns; c++) {
        result[i * columns + c] *= signs[i];
      }
    }
    for (int j = k - 1; j >= 0; j--) {
      for (int c = 0; c < columns; c++) {
        double sum = 0.0;
        for (int i = j; i < k; i++) {
          sum += reflectors[j * k + i] * result[i * columns + c];
        }
        for (int i = j; i < k; i++) {
          result[i * columns + c] -= factors[j] * sum * reflectors[j * k + i];
        }
      }
    }
    return result;
  }

  /** Row after row, as its product with an identity. */
  private static double[] entries(SquareMatrix matrix, int k) {
    int[] each = IntStream.rangeClosed(0, k).toArray();
    double[] ones = new double[k];
    Arrays.fill(ones, 1.0);
    return matrix.multiplyLeft(new SparseRows(each, each, ones));
  }

  /** A matrix without structure: rotated at random. */
  private SquareMatrix full(int k, Random random) {
    double[] reflectors = new double[k * k];
    double[] factors = new double[k];
    double[] signs = new double[k];
    for (int j = 0; j < k; j++) {
      for (int i = j; i < k; i++) {
        reflectors[j * k + i] = random.nextGaussian();
      }
      factors[j] = 1.0 / k;
      signs[j] = 1.0;
    }
    SquareMatrix matrix = kernels().diagonal(random.doubles(k, -1, 1).toArray());
    matrix.reflect(reflectors, factors, signs);
    return matrix;
  }

  /** Rows of 0 to most entries, some of them at the same place. */
  private static SparseRows sparse(int count, int columns, int most, Random random) {
    int[] starts = new int[count + 1];
    for (int i = 0; i < count; i++) {
      starts[i + 1] = starts[i] + random.nextInt(most + 1);
    }
    return new SparseRows(
        starts,
        random.ints(starts[count], 0, columns).toArray(),
        random.doubles(starts[count], -1, 1).toArray());
  }

  private static double[] dense(SparseRows rows, int columns) {
    double[] dense = new double[rows.count() * columns];
    for (int i = 0; i < rows.count(); i++) {
      for (int p = rows.starts()[i]; p < rows.starts()[i + 1]; p++) {
        dense[i * columns + rows.columns()[p]] += rows.values()[p];
      }
    }
    return dense;
  }

  /** left · right, as its definition says; left has rows of inner entries. */
  private static double[] product(double[] left, double[] right, int inner) {
    int rows = left.length / inner;
    int columns = right.length / inner;
    double[] product = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        for (int l = 0; l < inner; l++) {
          product[i * columns + j] += left[i * inner + l] * right[l * columns + j];
        }
      }
    }
    return product;
  }

  private static double[] transposed(double[] matrix, int columns) {
    int rows = matrix.length / columns;
    double[] transposed = new double[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j * rows + i] = matrix[i * columns + j];
      }
    }
    return transposed;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9, 31, 70})
  void isTransposed(int k) {
    try (SquareMatrix matrix = full(k, new Random(k))) {
      double[] expected = transposed(entries(matrix, k), k);
      matrix.transpose();
      assertThat(entries(matrix, k)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9, 31, 70})
  void isSolvedWithATransposedTriangle(int k) {
    Random random = new Random(k);
    int[] starts = new int[k + 1];
    int[] columns = new int[2 * k];
    double[] values = random.doubles(2L * k, -0.5, 0.5).toArray();
    for (int i = 0; i < k; i++) {
      starts[i + 1] = starts[i] + Math.min(i, 2);
      for (int p = starts[i]; p < starts[i + 1]; p++) {
        columns[p] = random.nextInt(i);
      }
    }
    SparseRows below = new SparseRows(starts, columns, values);
    double[] diagonal = random.doubles(k, 2, 3).toArray();
    double[] lower = dense(below, k);
    for (int i = 0; i < k; i++) {
      lower[i * k + i] = diagonal[i];
    }
    try (SquareMatrix matrix = full(k, random)) {
      double[] right = entries(matrix, k);
      matrix.solveTransposed(below, diagonal);
      assertThat(product(transposed(lower, k), entries(matrix, k), k))
          .containsExactly(right, within(ROUNDING));
    }
    // a diagonal matrix is one no more
    try (SquareMatrix matrix = kernels().diagonal(diagonal)) {
      matrix.solveTransposed(below, diagonal);
      double[] solved = entries(matrix, k);
      double[] reflectors = new double[k * k];
      reflectors[k - 1] = 1.0;
      double[] factors = new double[k];
      factors[0] = 2.0;
      double[] signs = new double[k];
      Arrays.fill(signs, 1.0);
      matrix.reflect(reflectors, factors, signs);
      assertThat(entries(matrix, k))
          .containsExactly(
              reflectOneByOne(solved, k, reflectors, factors, signs), within(ROUNDING));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9, 31, 70})
  void isMultipliedBySparseRows(int k) {
    Random random = new Random(k);
    SparseRows rows = sparse(2 * k + 1, k, 9, random);
    try (SquareMatrix matrix = full(k, random)) {
      double[] expected = product(dense(rows, k), entries(matrix, k), k);
      assertThat(matrix.multiplyLeft(rows)).containsExactly(expected, within(ROUNDING));

      double[] lengths = random.doubles(rows.count(), 0.5, 2).toArray();
      lengths[0] = -lengths[0];
      double[] factors = lengths.clone();
      double[] scaled = matrix.multiplyLeft(rows, factors);
      for (int i = 0; i < rows.count(); i++) {
        double square = 0.0;
        double along = 0.0;
        for (int c = i * k; c < (i + 1) * k; c++) {
          square += expected[c] * expected[c];
          along += scaled[c] * expected[c];
        }
        if (square > 1e-6) { // rows without an entry have no length
          assertThat(along).isCloseTo(lengths[i] * Math.sqrt(square), within(ROUNDING));
          assertThat(factors[i]).isCloseTo(lengths[i] / Math.sqrt(square), within(ROUNDING * 1e3));
        }
      }
      assertThat(matrix.multiplyLeft(new SparseRows(new int[1], new int[0], new double[0])))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 31, 32, 33, 35, 70, 515})
  void congruencesAreWhole(int k) {
    Random random = new Random(k);
    int count = k == 515 ? 7 : 200 / k + 1;
    SparseRows rows = sparse(count, k, 3, random);
    double[] weights = new double[count * count];
    int[] starts = new int[count + 1];
    int[] columns = new int[2 * count];
    double[] values = new double[2 * count];
    for (int i = 0; i < count; i++) { // a diagonal, and pairs off it
      int other = i % 2 == 0 ? i + 1 : i - 1;
      weights[i * count + i] = random.nextDouble();
      if (other < count) {
        weights[i * count + other] = other < i ? weights[other * count + i] : random.nextDouble();
      }
      starts[i + 1] = starts[i];
      for (int j = 0; j < count; j++) {
        if (weights[i * count + j] != 0.0) {
          columns[starts[i + 1]] = j;
          values[starts[i + 1]++] = weights[i * count + j];
        }
      }
    }
    try (SquareMatrix matrix = full(k, random)) {
      double[] outer = product(dense(rows, k), entries(matrix, k), k);
      double[] expected = product(transposed(outer, k), product(weights, outer, count), count);
      assertThat(matrix.congruence(rows, new SparseRows(starts, columns, values)))
          .containsExactly(expected, within(ROUNDING));
    }
  }

  // Groups are 8 numbers, rows go four at a time.
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 8, 9, 16, 23, 70, 141})
  void vectorsAreMultipliedBothWays(int k) {
    Random random = new Random(k);
    double[] vector = random.doubles(k, -1, 1).toArray();
    double[] product = new double[k];
    try (SquareMatrix matrix = full(k, random)) {
      double[] entries = entries(matrix, k);
      for (int turn = 0; turn < 2; turn++) { // nothing of the first product is left
        matrix.multiply(vector, product);
        assertThat(product).containsExactly(times(entries, k, 1, vector), within(ROUNDING));
        matrix.multiplyTransposed(vector, product);
        assertThat(product).containsExactly(times(entries, 1, k, vector), within(ROUNDING));
      }
    }
  }

  /** Row i of the factor begins at i · row, and its entries are apart by column. */
  private static double[] times(double[] entries, int row, int column, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        product[i] += entries[i * row + j * column] * vector[j];
      }
    }
    return product;
  }

  @Test
  void whatDoesNotFitIsRefused() {
    double[] one = {1};
    double[] two = {1, 1};
    SparseRows row = new SparseRows(new int[] {0, 1}, new int[] {1}, one);
    SparseRows none = new SparseRows(new int[] {0, 0}, new int[0], new double[0]);
    assertThatThrownBy(() -> kernels().diagonal(new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("order 0");
    try (SquareMatrix matrix = kernels().diagonal(two)) {
      List<ThrowingCallable> mistakes =
          List.of(
              () -> matrix.reflect(new double[3], two, two),
              () -> matrix.reflect(new double[4], one, two),
              () -> matrix.reflect(new double[4], two, one),
              () -> matrix.solveTransposed(none, two),
              () -> matrix.solveTransposed(new SparseRows(new int[3], new int[0], one), one),
              () -> matrix.solveTransposed(triangle(1, 1), two), // on the diagonal
              () -> matrix.solveTransposed(triangle(1, -1), two),
              () -> matrix.multiplyLeft(new SparseRows(new int[] {0, 1}, new int[] {2}, one)),
              () -> matrix.multiplyLeft(new SparseRows(new int[] {0, 1}, new int[] {-1}, one)),
              () -> matrix.multiplyLeft(row, two),
              () -> matrix.congruence(row, row), // a weight beyond the rows
              () -> matrix.congruence(row, triangle(1, 0)),
              () -> matrix.multiply(new double[3], new double[2]),
              () -> matrix.multiplyTransposed(new double[2], new double[1]));
      for (ThrowingCallable mistake : mistakes) {
        assertThatThrownBy(mistake).isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(entries(matrix, 2)).containsExactly(1, 0, 0, 1);
    }
  }

  /** Two rows below a diagonal, the second with an entry. */
  private static SparseRows triangle(double value, int column) {
    return new SparseRows(new int[] {0, 0, 1}, new int[] {column}, new double[] {value});
  }

  @Test
  void aClosedMatrixIsNotUsed() {
    double[] two = {1, 2};
    SquareMatrix matrix = kernels().diagonal(two);
    matrix.close();
    matrix.close();
    SparseRows rows = triangle(1, 0);
    List<ThrowingCallable> uses =
        List.of(
            () -> matrix.reflect(new double[4], two, two),
            matrix::transpose,
            () -> matrix.solveTransposed(rows, two),
            () -> matrix.multiplyLeft(rows),
            () -> matrix.multiplyLeft(rows, two.clone()),
            () -> matrix.congruence(rows, rows),
            () -> matrix.multiply(two, new double[2]),
            () -> matrix.multiplyTransposed(two, new double[2]));
    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use).isInstanceOf(IllegalStateException.class);
    }
  }
}
