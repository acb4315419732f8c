package io.dualgrid.device;

import java.util.List;

/**
 * What the devices of a node, or of several, can supply at each step, each device at its own limit:
 * wider than any dispatch, as stores and heat are not looked at. In kW and kvar; negative where
 * power is drawn. A range that is too narrow would refuse a case that has a dispatch.
 */
public final class SupplyRange {
  private final Horizon horizon;
  private final double[] leastKw;
  private final double[] mostKw;
  private final double[] leastKvar;
  private final double[] mostKvar;

  /** Of nothing yet. */
  public SupplyRange(Horizon horizon) {
    this.horizon = horizon;
    leastKw = new double[horizon.steps()];
    mostKw = new double[horizon.steps()];
    leastKvar = new double[horizon.steps()];
    mostKvar = new double[horizon.steps()];
  }

  /** Of some devices. */
  public static SupplyRange of(List<DeviceSpec> devices, Horizon horizon) {
    SupplyRange range = new SupplyRange(horizon);
    devices.forEach(device -> device.addSupply(range));
    return range;
  }

  /** Adds another range of the same horizon. */
  public void add(SupplyRange other) {
    for (int t = 0; t < leastKw.length; t++) {
      leastKw[t] += other.leastKw[t];
      mostKw[t] += other.mostKw[t];
      leastKvar[t] += other.leastKvar[t];
      mostKvar[t] += other.mostKvar[t];
    }
  }

  /** Adds active power that is drawn exactly. */
  public void draw(Profile powerKw) {
    double[] values = powerKw.sample(horizon.steps(), horizon.sampling());
    for (int t = 0; t < values.length; t++) {
      leastKw[t] -= values[t];
      mostKw[t] -= values[t];
    }
  }

  /** Adds reactive power that is drawn exactly. */
  public void drawReactive(Profile powerKvar) {
    double[] values = powerKvar.sample(horizon.steps(), horizon.sampling());
    for (int t = 0; t < values.length; t++) {
      leastKvar[t] -= values[t];
      mostKvar[t] -= values[t];
    }
  }

  /** Adds 0 ≤ P ≤ profile, |Q| ≤ P·tan(acos powerFactor). */
  public void upTo(Profile availableKw, double powerFactor) {
    double[] values = availableKw.sample(horizon.steps(), horizon.sampling());
    for (int t = 0; t < values.length; t++) {
      mostKw[t] += values[t];
      leastKvar[t] -= values[t] * slope(powerFactor);
      mostKvar[t] += values[t] * slope(powerFactor);
    }
  }

  /** Adds active power between two limits at every step. */
  public void active(double least, double most) {
    for (int t = 0; t < leastKw.length; t++) {
      leastKw[t] += least;
      mostKw[t] += most;
    }
  }

  /** Adds reactive power between two limits at every step. */
  public void reactive(double least, double most) {
    for (int t = 0; t < leastKvar.length; t++) {
      leastKvar[t] += least;
      mostKvar[t] += most;
    }
  }

  /** The reactive power that a power factor allows beside an active power. */
  public static double reactiveOf(double powerKw, double powerFactor) {
    return powerKw * slope(powerFactor);
  }

  private static double slope(double powerFactor) {
    return Math.sqrt(1 - powerFactor * powerFactor) / powerFactor;
  }

  /** Smallest active supply at a step. */
  public double leastKw(int step) {
    return leastKw[step];
  }

  /** Largest active supply at a step. */
  public double mostKw(int step) {
    return mostKw[step];
  }

  /** Smallest reactive supply at a step. */
  public double leastKvar(int step) {
    return leastKvar[step];
  }

  /** Largest reactive supply at a step. */
  public double mostKvar(int step) {
    return mostKvar[step];
  }
}
