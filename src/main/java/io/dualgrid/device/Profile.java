package io.dualgrid.device;

import java.util.Arrays;
import java.util.Objects;

/**
 * A column of a profile file times its factor: one value per profile row, over the horizon.
 *
 * @param file name of the file, relative to the case folder
 * @param column header of the column
 * @param factor every value of the column is multiplied by it
 * @param rawValues the values as they stand in the file, before the factor
 */
public record Profile(String file, String column, double factor, double[] rawValues) {
  /** Keeps the array, which must not be modified. */
  public Profile {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(rawValues, "rawValues");
  }

  /**
   * The values at the steps of a horizon.
   *
   * @param steps number of steps; must divide the number of rows
   * @param sampling how a step stands for its rows
   * @return length steps, factor applied
   * @throws IllegalArgumentException when steps does not divide the number of rows
   */
  public double[] sample(int steps, Sampling sampling) {
    int rows = rawValues.length;
    if (steps < 1 || rows % steps != 0) {
      throw new IllegalArgumentException(
          steps + " steps do not divide the " + rows + " rows of " + file);
    }
    int stride = rows / steps;
    double[] sampled = new double[steps];
    for (int t = 0; t < steps; t++) {
      double value = rawValues[t * stride];
      if (sampling == Sampling.MEAN) {
        double sum = 0.0;
        for (int k = 0; k < stride; k++) {
          sum += rawValues[t * stride + k];
        }
        value = sum / stride;
      }
      sampled[t] = value * factor;
    }
    return sampled;
  }

  /** The values of all rows, factor applied. */
  public double[] values() {
    return Arrays.stream(rawValues).map(value -> value * factor).toArray();
  }

  /** The value of a row, factor applied. */
  public double value(int row) {
    return rawValues[row] * factor;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Profile profile
        && file.equals(profile.file)
        && column.equals(profile.column)
        && Double.compare(factor, profile.factor) == 0
        && Arrays.equals(rawValues, profile.rawValues);
  }

  @Override
  public int hashCode() {
    return Objects.hash(file, column, factor, Arrays.hashCode(rawValues));
  }

  @Override
  public String toString() {
    return file + ", column " + column + ", factor " + factor;
  }
}
