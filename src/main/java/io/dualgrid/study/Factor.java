package io.dualgrid.study;

import io.dualgrid.device.ProfileDriver;
import java.util.Random;

/**
 * A factor of all profiles of a kind.
 *
 * @param of the kind
 * @param distribution where it comes from
 * @param eachDay whether it is drawn for each day, or once
 */
record Factor(ProfileDriver of, Distribution distribution, boolean eachDay) {
  /** Of each day. */
  double[] draw(Random random, int days) {
    double[] factors = new double[days];
    for (int day = 0; day < days; day++) {
      factors[day] = day == 0 || eachDay ? distribution.draw(random, day) : factors[0];
    }
    return factors;
  }
}
