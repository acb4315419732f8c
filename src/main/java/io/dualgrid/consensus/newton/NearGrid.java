package io.dualgrid.consensus.newton;

import io.dualgrid.feeder.RatingPolygon;

/**
 * How near a limit is, in levels: level 0 is far, and each further one nearer or beyond. Sites
 * report the levels they reach hidden in a sum, so the operator learns the nearest only.
 *
 * <p>Each step has {@value #SIDES} limits, numbered side · steps + step. The six rows of a rating
 * are told as one, the nearest, for either sign, so {@value #TOLD} places are told each step.
 */
public final class NearGrid {
  /** The side of the first row of a rating where it is positive. */
  private static final int RATING = 6;

  /**
   * Sides: voltage low and high, active flow down and up, reactive flow down and up, the rows of
   * the rating where they are positive (of the flow down), and where they are negative.
   */
  public static final int SIDES = RATING + 2 * RatingPolygon.ROWS;

  /** Sides that are told. */
  public static final int TOLD = RATING + 2;

  /** Ranks within a level, by which the nearest of those that reach it is found. */
  public static final int RANKS = 16;

  /** The same where the worst of those that are broken is looked for: to 1e-5 p.u. or better. */
  public static final int FINE_RANKS = 1 << 14;

  private static final double[] VOLTAGE = voltageLevels();
  private static final double[] FLOW = {
    0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 5.0
  };

  /** Number of levels besides 0. */
  public static final int LEVELS = VOLTAGE.length;

  // where the last level is taken to end, for its ranks
  private static final double VOLTAGE_END = 0.25;
  private static final double FLOW_END = 10.0;

  private NearGrid() {}

  /** Beyond the limit, per unit: from a thousandth inside up in tenths of it, then in threes. */
  private static double[] voltageLevels() {
    double[] levels = new double[17];
    for (int k = 0; k < 10; k++) {
      levels[k] = 1e-3 * (0.1 * k - 1);
    }
    for (int k = 10; k < levels.length; k++) {
      levels[k] = 1e-4 * Math.pow(3, k - 10);
    }
    return levels;
  }

  /**
   * How far a node is towards a limit: a voltage beyond it per unit, a flow as a share of it.
   *
   * @param rating of the line above the node, per unit
   * @param voltage of the node
   * @param active flow towards the node, per unit
   * @param reactive the same for reactive power
   */
  public static double use(
      int side,
      CoupledLimits limits,
      double rating,
      double voltage,
      double active,
      double reactive) {
    if (side < 2) {
      return side == 0 ? limits.voltageMin() - voltage : voltage - limits.voltageMax();
    }
    double sign = isUp(side) ? -1 : 1;
    if (side >= RATING) {
      double row = RatingPolygon.row(ratingRow(side), active, reactive);
      return sign * row / RatingPolygon.limit(rating);
    }
    return sign * (side < 4 ? active : reactive) / limits.flow();
  }

  private static double[] levels(int side) {
    return side < 2 ? VOLTAGE : FLOW;
  }

  /** The level of a {@link #use}. */
  public static int level(int side, double use) {
    int level = 0;
    while (level < LEVELS && use > levels(side)[level]) {
      level++;
    }
    return level;
  }

  /**
   * Where a {@link #use} is within its level, 0 where it is furthest, ranks − 1 at the least.
   *
   * @param level above 0
   * @param ranks how many there are
   */
  public static int rank(int side, double use, int level, int ranks) {
    double from = levels(side)[level - 1];
    double end = side < 2 ? VOLTAGE_END : FLOW_END;
    double to = level < LEVELS ? levels(side)[level] : end;
    double passed = Math.min(1.0, (to - use) / (to - from));
    return (int) Math.max(0.0, Math.min(ranks - 1.0, ranks * passed));
  }

  private static int ratingRow(int side) {
    return (side - RATING) % RatingPolygon.ROWS;
  }

  /** Whether a side of a flow limits it upwards. */
  private static boolean isUp(int side) {
    return side < RATING ? side % 2 == 1 : side >= RATING + RatingPolygon.ROWS;
  }

  /** What a side of a node limits. */
  public static RowPlace place(int side, int node, int step) {
    if (side >= RATING) {
      return new RowPlace(RowPlace.Kind.RATING, node, step, ratingRow(side));
    }
    RowPlace.Kind flow = side < 4 ? RowPlace.Kind.ACTIVE_FLOW : RowPlace.Kind.REACTIVE_FLOW;
    return new RowPlace(side < 2 ? RowPlace.Kind.VOLTAGE : flow, node, step);
  }

  /** The side of a limit. */
  public static int side(NearLimit near, CoupledLimits limits) {
    int up = near.value() > 0 ? 1 : 0;
    return switch (near.place().kind()) {
      case VOLTAGE -> 2 * near.value() < limits.voltageMin() + limits.voltageMax() ? 0 : 1;
      case ACTIVE_FLOW -> 2 + up;
      case REACTIVE_FLOW -> 4 + up;
      case RATING -> RATING + up * RatingPolygon.ROWS + near.place().ratingRow();
    };
  }

  /** The first of the sides of which a told one is the nearest. */
  public static int firstOf(int told) {
    return told <= RATING ? told : RATING + RatingPolygon.ROWS;
  }

  /** How many sides a told one stands for. */
  public static int countOf(int told) {
    return told < RATING ? 1 : RatingPolygon.ROWS;
  }

  /**
   * The number by which the nearest limit is searched, the least that anybody has: the rank, then
   * which node, then which of the sides that are told as one.
   */
  public static int number(int told, int rank, int node, int side, int nodes) {
    return (rank * nodes + node) * countOf(told) + side - firstOf(told);
  }

  /** How many numbers there are. */
  public static int numbers(int told, int nodes, int ranks) {
    return ranks * nodes * countOf(told);
  }

  /**
   * The limit that a search has found, with the value that its level says at least.
   *
   * @param told the side
   * @param found see {@link #number}
   */
  public static NearLimit limit(
      int told, int found, int step, int level, CoupledLimits limits, FeederPaths paths) {
    int number = found % (paths.count() * countOf(told));
    int node = number / countOf(told);
    int side = firstOf(told) + number % countOf(told);
    double value;
    if (side < 2) {
      double beyond = VOLTAGE[level - 1];
      value = side == 0 ? limits.voltageMin() - beyond : limits.voltageMax() + beyond;
    } else {
      double most = side < RATING ? limits.flow() : RatingPolygon.limit(paths.rating(node));
      // a row's value is the flow upwards
      value = FLOW[level - 1] * most * (isUp(side) ? 1 : -1);
    }
    return new NearLimit(place(side, node, step), value);
  }
}
