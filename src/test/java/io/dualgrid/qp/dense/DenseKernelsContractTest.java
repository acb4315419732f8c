package io.dualgrid.qp.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
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
  @ValueSource(ints = {1, 2, 3, 5, 31, 32, 33, 35, 70})
  void reflectionsAreAppliedInTheirOrder(int k) {
    Random random = new Random(k);
    int columns = k == 33 ? 1025 : k + 3;
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
    double[] matrix = random.doubles((long) k * columns, -1, 1).toArray();
    double[] expected = reflectOneByOne(matrix, columns, reflectors, factors, signs);
    kernels().reflect(matrix, columns, reflectors, factors, signs, false);
    assertThat(matrix).containsExactly(expected, within(ROUNDING));

    double[] diagonal = new double[k * k];
    for (int j = 0; j < k; j++) {
      diagonal[j * k + j] = random.nextDouble();
    }
    expected = reflectOneByOne(diagonal, k, reflectors, factors, signs);
    kernels().reflect(diagonal, k, reflectors, factors, signs, true);
    assertThat(diagonal).containsExactly(expected, within(ROUNDING));
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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 31, 32, 33, 35, 70, 600})
  void symmetricProductsAreWhole(int k) {
    Random random = new Random(k);
    int count = k == 600 ? 7 : 1200 / k + 1;
    double[] left = random.doubles((long) count * k, -1, 1).toArray();
    double[] right = new double[left.length];
    for (int b = 0; b < count; b++) { // a scaling of each row keeps the product symmetric
      double weight = random.nextDouble();
      for (int i = 0; i < k; i++) {
        right[b * k + i] = weight * left[b * k + i];
      }
    }
    double[] product = kernels().symmetricProduct(left, right, k);
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        double sum = 0.0;
        for (int b = 0; b < count; b++) {
          sum += left[b * k + i] * right[b * k + j];
        }
        assertThat(product[i * k + j]).isCloseTo(sum, within(ROUNDING));
      }
    }
  }

  // Groups are 8 numbers, rows go four at a time.
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 8, 9, 16, 23, 70, 141})
  void keptMatricesMultiplyBothWays(int k) {
    Random random = new Random(k);
    double[] entries = random.doubles((long) k * k, -1, 1).toArray();
    double[] vector = random.doubles(k, -1, 1).toArray();
    double[] product = new double[k];
    try (SquareMatrix matrix = kernels().keep(entries.clone(), k)) {
      assertThat(matrix.entries()).isEqualTo(entries);
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
  void aKeptMatrixIsNeitherOfAnotherSizeNorUsedWhenClosed() {
    double[] four = {1, 2, 3, 4};
    assertThatThrownBy(() -> kernels().keep(four, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("order 3");
    assertThatThrownBy(() -> kernels().keep(new double[0], 0))
        .isInstanceOf(IllegalArgumentException.class);
    SquareMatrix matrix = kernels().keep(four, 2);
    double[] product = new double[2];
    assertThatThrownBy(() -> matrix.multiply(new double[3], product))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> matrix.multiplyTransposed(product, new double[1]))
        .isInstanceOf(IllegalArgumentException.class);
    matrix.close();
    matrix.close();
    assertThat(four).as("what was taken over").containsOnly(0.0);
    assertThatThrownBy(() -> matrix.multiply(new double[2], product))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(matrix::entries).isInstanceOf(IllegalStateException.class);
  }
}
