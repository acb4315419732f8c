package io.dualgrid;

import java.util.Random;
import java.util.function.Consumer;

/**
 * Holds a property on samples that are drawn, always the same ones, or on more with {@code
 * -Ddualgrid.samples=N}. A sample that breaks it is named by its seed.
 */
public final class Samples {
  private static final int FACTOR = Integer.getInteger("dualgrid.samples", 1);

  private Samples() {}

  /**
   * Holds it.
   *
   * @param count of samples of every build
   * @param property draws a sample and asserts
   */
  public static void hold(int count, Consumer<Random> property) {
    for (long seed = 1; seed <= (long) count * FACTOR; seed++) {
      try {
        property.accept(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("the sample of seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
