package io.dualgrid.consensus.newton;

/**
 * How near a limit is, in levels: level 0 is far, and each further one nearer or beyond. Sites
 * report the levels they reach hidden in a sum, so the operator learns the nearest only.
 *
 * <p>Each step has six limits, numbered side · steps + step.
 */
public final class NearGrid {
  /** Sides: voltage low and high, then active flow down and up, then reactive flow down and up. */
  public static final int SIDES = 6;

  private static final double[] VOLTAGE = voltageLevels();
  private static final double[] FLOW = {
    0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 5.0
  };

  /** Number of levels besides 0. */
  public static final int LEVELS = VOLTAGE.length;

  private NearGrid() {}

  /** Distances to the limit, per unit: from a thousandth down in tenths of it, then beyond. */
  private static double[] voltageLevels() {
    double[] levels = new double[17];
    for (int k = 0; k < 10; k++) {
      levels[k] = 1e-3 * (1 - 0.1 * k);
    }
    for (int k = 10; k < levels.length; k++) {
      levels[k] = -1e-4 * Math.pow(2, k - 10);
    }
    return levels;
  }

  /**
   * The level of a side.
   *
   * @param voltage of the node
   * @param active flow towards the node, per unit
   * @param reactive the same for reactive power
   */
  public static int level(
      int side, CoupledLimits limits, double voltage, double active, double reactive) {
    if (side < 2) {
      double distance = side == 0 ? voltage - limits.voltageMin() : limits.voltageMax() - voltage;
      int level = 0;
      while (level < LEVELS && distance < VOLTAGE[level]) {
        level++;
      }
      return level;
    }
    double flow = (side < 4 ? active : reactive) * (side % 2 == 0 ? 1 : -1);
    int level = 0;
    while (level < LEVELS && flow > FLOW[level] * limits.flow()) {
      level++;
    }
    return level;
  }

  /** What a side of a node limits. */
  public static RowPlace place(int side, int node, int step) {
    RowPlace.Kind flow = side < 4 ? RowPlace.Kind.ACTIVE_FLOW : RowPlace.Kind.REACTIVE_FLOW;
    return new RowPlace(side < 2 ? RowPlace.Kind.VOLTAGE : flow, node, step);
  }

  /** The limit that a side of a node is, with the value that its level says at least. */
  public static NearLimit limit(int side, int node, int step, int level, CoupledLimits limits) {
    double value;
    if (side < 2) {
      double distance = VOLTAGE[level - 1];
      value = side == 0 ? limits.voltageMin() + distance : limits.voltageMax() - distance;
    } else {
      // a row's value is the flow upwards
      value = FLOW[level - 1] * limits.flow() * (side % 2 == 0 ? -1 : 1);
    }
    return new NearLimit(place(side, node, step), value);
  }
}
