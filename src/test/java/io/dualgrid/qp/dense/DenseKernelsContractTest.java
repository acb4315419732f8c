package io.dualgrid.qp.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
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
}
