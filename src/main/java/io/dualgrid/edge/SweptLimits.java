package io.dualgrid.edge;

import io.dualgrid.device.Horizon;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.feeder.RatingPolygon;

/** Whether a swept point keeps the limits of a node's voltage and of the line above it. */
final class SweptLimits {
  /** What a solver's tolerance would let pass, per unit; of a flow's limit where that is larger. */
  private static final double TOLERANCE = 1e-6;

  private final double voltageMin;
  private final double voltageMax;
  private final double flow;
  private final double rating;

  /**
   * Of one node.
   *
   * @param up its end of the line above
   */
  SweptLimits(NetworkLimits limits, Horizon horizon, LineEnd up) {
    voltageMin = limits.levelMin() - TOLERANCE;
    voltageMax = limits.levelMax() + TOLERANCE;
    flow = tolerated(horizon.perUnit(limits.exchangeMaxKw()));
    rating = tolerated(RatingPolygon.limit(horizon.perUnit(up.port.line().ratingKva())));
  }

  private static double tolerated(double limit) {
    return limit + TOLERANCE * Math.max(1.0, limit);
  }

  /** Whether a state of one step is within them; all per unit. */
  boolean keeps(double voltage, double active, double reactive) {
    return voltage >= voltageMin
        && voltage <= voltageMax
        && Math.abs(active) <= flow
        && Math.abs(reactive) <= flow
        && RatingPolygon.largestRow(active, reactive) <= rating;
  }
}
