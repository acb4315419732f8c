package io.dualgrid.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.qp.SparseMatrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImpliedBoundsTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  /**
   * Heat pump x ≤ 100 with a coefficient of 2, store s between −1 and 2, state u; 2x + s = load.
   */
  private static ImpliedBounds heat(double load, double leastPower) {
    SparseMatrix.Builder rows = SparseMatrix.builder(6, 3);
    rows.add(0, 0, 1.0);
    rows.add(1, 1, 1.0);
    rows.add(2, 2, 1.0);
    rows.add(3, 0, 2.0);
    rows.add(3, 1, 1.0);
    rows.add(4, 0, 1.0);
    rows.add(4, 2, -100.0);
    rows.add(5, 0, 1.0);
    rows.add(5, 2, -leastPower);
    double[] lower = {0, -1, 0, load, -INF, 0};
    double[] upper = {100, 2, 1, load, 0, INF};
    return ImpliedBounds.of(
        new ImpliedBounds.Rows(rows.build()), lower, upper, new boolean[] {false, false, true});
  }

  @Test
  void powerIsAtMostWhatItCanBeUsedFor() {
    ImpliedBounds bounds = heat(6.0, 1.0); // x from (6 − 2)/2 to (6 + 1)/2, so it is on
    assertThat(bounds.lower()[0]).isCloseTo(2.0, within(1e-12));
    assertThat(bounds.upper()[0]).isCloseTo(3.5, within(1e-12));
    assertThat(bounds.lower()[2]).isEqualTo(1.0);
  }

  @Test
  void leastPowerAboveWhatIsOfUseIsOff() {
    ImpliedBounds bounds = heat(2.0, 5.0); // x at most 1.5 < 5
    assertThat(bounds.upper()[2]).isZero();
    assertThat(bounds.upper()[0]).isCloseTo(0.0, within(1e-12));
  }

  @Test
  void nothingLeftIsToldAsNone() {
    assertThat(heat(6.0, 5.0)).isNull(); // x from 2 to 3.5 neither off nor above 5
  }

  @Test
  void everyPointOfRandomRowsKeepsItsBounds() {
    Random random = new Random(7);
    for (int trial = 0; trial < 200; trial++) {
      int n = 2 + random.nextInt(5);
      int m = 1 + random.nextInt(6);
      boolean[] whole = new boolean[n];
      double[] point = new double[n];
      for (int j = 0; j < n; j++) {
        whole[j] = random.nextInt(3) == 0;
        point[j] = whole[j] ? random.nextInt(2) : random.nextGaussian();
      }
      SparseMatrix.Builder rows = SparseMatrix.builder(m + n, n);
      double[] lower = new double[m + n];
      double[] upper = new double[m + n];
      for (int i = 0; i < m + n; i++) {
        double value = 0.0;
        for (int j = 0; j < n; j++) {
          double factor = i < m ? random.nextInt(5) - 2 : i - m == j ? 1.0 : 0.0;
          if (factor != 0.0) {
            rows.add(i, j, factor);
            value += factor * point[j];
          }
        }
        boolean state = i >= m && whole[i - m];
        lower[i] = state ? 0.0 : random.nextInt(4) == 0 ? -INF : value - random.nextDouble();
        upper[i] = state ? 1.0 : random.nextInt(4) == 0 ? INF : value + random.nextDouble();
      }
      ImpliedBounds bounds =
          ImpliedBounds.of(new ImpliedBounds.Rows(rows.build()), lower, upper, whole);
      assertThat(bounds).as("trial %d", trial).isNotNull();
      for (int j = 0; j < n; j++) {
        // sums of some ten terms of size one round by a few 1e-15
        assertThat(point[j])
            .as("trial %d, variable %d", trial, j)
            .isBetween(bounds.lower()[j] - 1e-12, bounds.upper()[j] + 1e-12);
      }
    }
  }
}
