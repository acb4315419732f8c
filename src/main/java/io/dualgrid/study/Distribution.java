package io.dualgrid.study;

import java.util.Random;

/** Where a factor of profiles comes from; none is ever negative. */
sealed interface Distribution {
  /** The factor of one day, or of a whole repetition. */
  double draw(Random random, int day);

  /** Whether it is random. */
  default boolean isDrawn() {
    return true;
  }

  /** Given for each day. */
  record Given(double[] days) implements Distribution {
    @Override
    public double draw(Random random, int day) {
      return days[day];
    }

    @Override
    public boolean isDrawn() {
      return false;
    }
  }

  /** Even between two ends. */
  record Uniform(double from, double to) implements Distribution {
    @Override
    public double draw(Random random, int day) {
      return from + (to - from) * random.nextDouble();
    }
  }

  /**
   * Normal, cut off below zero: what falls there is drawn again. With a mean of at least zero every
   * second draw at least is kept.
   */
  record Normal(double mean, double deviation) implements Distribution {
    @Override
    public double draw(Random random, int day) {
      double factor;
      do {
        factor = mean + deviation * random.nextGaussian();
      } while (factor < 0);
      return factor;
    }
  }
}
