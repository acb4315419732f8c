package io.dualgrid.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.qp.BoundingSolvers;
import java.util.Random;
import org.junit.jupiter.api.Test;

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
