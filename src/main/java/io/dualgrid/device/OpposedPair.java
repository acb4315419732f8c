package io.dualgrid.device;

import java.util.Arrays;

/**
 * Two powers of a device that undo each other: charging and discharging, storing and releasing,
 * buying and selling. Their net is the second minus the first, of active power (or heat), and,
 * where each has reactive power of its own, of that as well. All arrays have one variable a step.
 *
 * @param device label of the device within its energy system
 * @param firstName series of the first in the dispatch table
 * @param secondName the same for the second
 * @param first variables of the first power, not negative
 * @param second variables of the second
 * @param firstReactive reactive power of the first; empty where they have none of their own
 * @param secondReactive reactive power of the second
 * @param slope largest reactive power per unit of power, of both; not used where they have none
 */
public record OpposedPair(
    String device,
    String firstName,
    String secondName,
    int[] first,
    int[] second,
    int[] firstReactive,
    int[] secondReactive,
    double slope) {

  /** A pair without reactive power of its own. */
  public static OpposedPair of(
      String device, String firstName, int[] first, String secondName, int[] second) {
    return new OpposedPair(
        device, firstName, secondName, first, second, new int[0], new int[0], 0.0);
  }

  /** The same, each with reactive power as {@link DesProgramBuilder#reactiveWithin} bounds it. */
  public OpposedPair withReactive(
      int[] newFirstReactive, int[] newSecondReactive, double powerFactor) {
    return new OpposedPair(
        device,
        firstName,
        secondName,
        first,
        second,
        newFirstReactive,
        newSecondReactive,
        DesProgramBuilder.reactiveSlope(powerFactor));
  }

  /** Its variables at a step. */
  int[] variables(int step) {
    return hasReactive()
        ? new int[] {first[step], second[step], firstReactive[step], secondReactive[step]}
        : new int[] {first[step], second[step]};
  }

  /**
   * The values nearest to their net that keep both the net and the reactive power: both powers less
   * by the same, and reactive power shared between what is left of them.
   *
   * @param values of {@link #variables}
   * @return of the same variables
   */
  double[] net(double[] values) {
    double[] net = values.clone();
    double both = Math.min(values[0], values[1]);
    if (!hasReactive()) {
      net[0] -= both;
      net[1] -= both;
      return net;
    }
    double reactive = values[3] - values[2];
    double needed = slope > 0 ? Math.abs(reactive) / slope : 0.0;
    double less = Math.min(both, 0.5 * (values[0] + values[1] - needed));
    if (less <= 0) {
      return net;
    }
    net[0] -= less;
    net[1] -= less;
    double left = net[0] + net[1];
    net[2] = left > 0 ? -reactive * net[0] / left : 0.0;
    net[3] = left > 0 ? reactive * net[1] / left : 0.0;
    return net;
  }

  private boolean hasReactive() {
    return firstReactive.length > 0;
  }

  /** The device and the names of its series. */
  @Override
  public String toString() {
    return device + " " + Arrays.asList(firstName, secondName);
  }
}
