package io.dualgrid.consensus.newton;

import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.feeder.RatingPolygon;

/**
 * The limits that hold all over a feeder, per unit.
 *
 * @param voltageMin lowest voltage of any node but the root
 * @param voltageMax highest
 * @param flow largest magnitude of a line's active and of its reactive flow
 */
public record CoupledLimits(double voltageMin, double voltageMax, double flow) {
  /** Least distance to its limits at which a row starts. */
  private static final double VOLTAGE_INSET = 1e-3;

  private static final double FLOW_INSET = 0.02; // of the limit

  /**
   * How far the method keeps inside, at most, so that a point swept from its iterates is inside,
   * too.
   */
  private static final double VOLTAGE_MARGIN = 5e-6;

  private static final double FLOW_MARGIN = 2e-5; // of the limit

  /** Those of a network. */
  public static CoupledLimits of(NetworkLimits limits) {
    return new CoupledLimits(
        limits.levelMin(), limits.levelMax(), limits.exchangeMaxKw() / limits.basePowerKw());
  }

  /**
   * The row of a limit that enters when products of slack and multiplier are about mu.
   *
   * @param loose whether it may be broken, see {@link LimitRow#loose}
   */
  LimitRow row(NearLimit near, FeederPaths paths, double mu, boolean loose) {
    RowPlace place = near.place();
    boolean voltage = place.kind() == RowPlace.Kind.VOLTAGE;
    double most = most(place, paths);
    double lower = voltage ? voltageMin : -most;
    double upper = voltage ? voltageMax : most;
    double base = paths.unloaded(place);
    if (loose) {
      return LimitRow.loose(base, lower, upper, near.value(), mu);
    }
    return LimitRow.firm(
        base,
        lower,
        upper,
        voltage ? VOLTAGE_MARGIN : FLOW_MARGIN * most,
        near.value(),
        voltage ? VOLTAGE_INSET : FLOW_INSET * most,
        mu);
  }

  /** The row of a limit that had a price on another day, when products are mu. */
  LimitRow row(RowPlace place, double price, FeederPaths paths, double mu) {
    boolean voltage = place.kind() == RowPlace.Kind.VOLTAGE;
    double most = most(place, paths);
    return LimitRow.centred(
        paths.unloaded(place),
        voltage ? voltageMin : -most,
        voltage ? voltageMax : most,
        voltage ? VOLTAGE_MARGIN : FLOW_MARGIN * most,
        price,
        mu);
  }

  /** A limit as the method names it that enters with a row, near or not. */
  NearLimit known(RowPlace place, FeederPaths paths) {
    return new NearLimit(
        place, place.kind() == RowPlace.Kind.VOLTAGE ? voltageMin : -most(place, paths));
  }

  private double most(RowPlace place, FeederPaths paths) {
    return place.kind() == RowPlace.Kind.RATING
        ? RatingPolygon.limit(paths.rating(place.node()))
        : flow;
  }
}
