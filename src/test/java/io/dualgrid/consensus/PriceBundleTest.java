package io.dualgrid.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.runtime.StateArchive;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBundleTest {
  private static final int LENGTH = 24;

  /** min over pieces of offset + slope·δ, concave with kinks, as a bound is. */
  private static final class Bound {
    final double[][] slopes = new double[200][];
    final double[] offsets = new double[200];
    double[] slope;

    /** Every piece is above 1000 at the target and equal to it for the first LENGTH + 1 pieces. */
    Bound(double[] target, Random random) {
      double[] sum = new double[LENGTH];
      for (int j = 0; j < slopes.length; j++) {
        slopes[j] = random.doubles(LENGTH, -10, 10).toArray();
        if (j < LENGTH) {
          for (int i = 0; i < LENGTH; i++) {
            sum[i] -= slopes[j][i];
          }
        } else if (j == LENGTH) {
          slopes[j] = sum; // zero is a mean of the first slopes, so the target is a maximum
        }
        offsets[j] = 1000 + (j > LENGTH ? random.nextDouble() * 5 : 0);
        for (int i = 0; i < LENGTH; i++) {
          offsets[j] -= slopes[j][i] * target[i];
        }
      }
    }

    double at(double[] price) {
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j < slopes.length; j++) {
        double value = offsets[j];
        for (int i = 0; i < LENGTH; i++) {
          value += slopes[j][i] * price[i];
        }
        if (value < least) {
          least = value;
          slope = slopes[j];
        }
      }
      return least;
    }
  }

  @Test
  void findsTheBestBoundOfAFunctionWithKinks() {
    Random random = new Random(5);
    double[] target = random.doubles(LENGTH, 0.2, 1.0).toArray();
    Bound bound = new Bound(target, random);
    PriceBundle bundle = new PriceBundle(BoundingSolvers.preferred());
    double[] price = random.doubles(LENGTH, 0.2, 1.0).toArray();
    double first = bound.at(price);
    double last = Double.NEGATIVE_INFINITY;
    int tried = 0;
    while (price != null && tried < 150) {
      bundle.add(price, bound.at(price), bound.slope);
      assertThat(bundle.bestBound()).isGreaterThanOrEqualTo(last);
      last = bundle.bestBound();
      tried++;
      price = bundle.next(1e-6 * 1000);
    }
    assertThat(first).isLessThan(990);
    // The model lies above the bound, so a promise below 1e-3 around the best price means that
    // little is missing there; the proximal term may hide some of what is farther away.
    assertThat(bundle.bestBound()).isCloseTo(1000, within(0.05));
  }

  /** However many trials it has, also when the best of them is dropped. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 150})
  void goesOnFromItsState(int trials) {
    Random random = new Random(11);
    Bound bound = new Bound(random.doubles(LENGTH, 0.2, 1.0).toArray(), random);
    PriceBundle whole = new PriceBundle(BoundingSolvers.preferred());
    for (int k = 0; k < trials; k++) {
      // ever farther from where the first was
      double[] price = random.doubles(LENGTH, 0.2, 1.0 + k).toArray();
      whole.add(price, bound.at(price), bound.slope);
    }
    StateArchive.Saving saved = new StateArchive.Saving();
    whole.state(saved);
    PriceBundle resumed = new PriceBundle(BoundingSolvers.preferred());
    StateArchive.Restoring restoring = new StateArchive.Restoring(saved.kept());
    resumed.state(restoring);
    restoring.finish();
    for (int k = 0; k < 5; k++) {
      assertThat(resumed.bestBound()).isEqualTo(whole.bestBound());
      double[] next = whole.next(0);
      assertThat(resumed.next(0)).isEqualTo(next);
      if (next != null) {
        whole.add(next, bound.at(next), bound.slope);
        resumed.add(next, bound.at(next), bound.slope);
      }
    }
  }

  @Test
  void promisesNothingAtTheTop() {
    PriceBundle bundle = new PriceBundle(BoundingSolvers.preferred());
    assertThat(bundle.next(0)).isNull();
    assertThat(bundle.bestBound()).isEqualTo(Double.NEGATIVE_INFINITY);
    // −|δ − 1| + 7, from both sides and at the top
    bundle.add(new double[] {2}, 6, new double[] {-1});
    bundle.add(new double[] {0}, 6, new double[] {1});
    bundle.add(new double[] {1}, 7, new double[] {1});
    assertThat(bundle.bestBound()).isEqualTo(7);
    assertThat(bundle.next(1e-6)).isNull();
  }
}
