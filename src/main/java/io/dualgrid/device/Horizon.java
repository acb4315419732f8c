package io.dualgrid.device;

import io.dualgrid.feeder.NetworkLimits;

/**
 * The time grid of a run and the bases of its per-unit system.
 *
 * <p>Power, reactive power and heat are per unit of the base power, energies per unit of base power
 * times an hour. The objective is the cost in the unit of money divided by the base power in kW, so
 * that a price per kWh is a coefficient once it is divided by that unit.
 *
 * @param steps number of time steps
 * @param stepHours length of one step in hours
 * @param basePowerKw base power
 * @param sampling how a step stands for its profile rows
 * @param moneyUnit currency that costs are counted in, see {@link io.dualgrid.feeder.MoneyUnit}
 */
public record Horizon(
    int steps, double stepHours, double basePowerKw, Sampling sampling, double moneyUnit) {

  /** The grid of a case where costs are counted in its currency, or do not matter. */
  public static Horizon of(NetworkLimits limits, int steps, Sampling sampling) {
    return of(limits, steps, sampling, 1.0);
  }

  /**
   * The grid of a case.
   *
   * @param moneyUnit of the case, positive
   * @throws IllegalArgumentException when the steps do not divide the rows of the profiles
   */
  public static Horizon of(NetworkLimits limits, int steps, Sampling sampling, double moneyUnit) {
    if (steps < 1 || limits.profileRows() % steps != 0) {
      throw new IllegalArgumentException(
          steps + " steps do not divide the " + limits.profileRows() + " rows of the profiles");
    }
    return new Horizon(
        steps, limits.horizonHours() / steps, limits.basePowerKw(), sampling, moneyUnit);
  }

  /** A quantity in kW, kvar or kWh as per-unit value. */
  public double perUnit(double kilo) {
    return kilo / basePowerKw;
  }

  /** A profile in kW or kvar as per-unit values, length steps. */
  public double[] perUnit(Profile profile) {
    double[] values = profile.sample(steps, sampling);
    for (int t = 0; t < values.length; t++) {
      values[t] /= basePowerKw;
    }
    return values;
  }

  /** What an objective is in currency. */
  public double currencyOf(double objective) {
    return moneyUnit * basePowerKw * objective;
  }

  /** A price per kWh times the step length, in the unit of money per kW, length steps. */
  public double[] priceOfStep(Profile pricePerKwh) {
    double[] price = pricePerKwh.sample(steps, sampling);
    for (int t = 0; t < price.length; t++) {
      price[t] *= stepHours / moneyUnit;
    }
    return price;
  }

  /** The same value at every step, length steps. */
  public double[] constant(double value) {
    double[] values = new double[steps];
    java.util.Arrays.fill(values, value);
    return values;
  }
}
