package io.dualgrid.steering;

import io.dualgrid.consensus.InfeasibleException;
import io.dualgrid.consensus.newton.CoupledNewton;
import java.util.Locale;

/**
 * What no optimum can cost more than, against which lower bounds are held: prices rise without end
 * where no dispatch meets the limits, and the bound with them.
 *
 * @param ceiling cost with every device at its limit, in the unit of money
 * @param negligible an amount of it that says nothing
 * @param moneyUnit the unit in currency
 */
public record CostLimit(double ceiling, double negligible, double moneyUnit) {
  /** What to do where it is not known what is short. */
  public static final String WHERE_TO_LOOK =
      "look at what the root may buy and sell (buyMaxKw, sellMaxKw, powerFactorMin), at"
          + " exchangeMaxKw, and at the voltage limits; dualgrid central, by somebody who knows the"
          + " whole case, names node, step and what is short";

  /** For what the tolerances of the bounds may add. */
  private static final double SLACK = 1.01;

  /** Of an hour of the base power at the dearest price. */
  private static final double NEGLIGIBLE = 1e-3;

  /** With the public prices of the root. */
  public static CostLimit of(double ceiling, SteeredFeeder feeder) {
    double hour = CoupledNewton.costScale(feeder.priceOfStep()) * feeder.limits().basePowerKw();
    return new CostLimit(ceiling, NEGLIGIBLE * hour, feeder.moneyUnit());
  }

  /**
   * Holds a lower bound, in the unit of money, against it.
   *
   * @throws InfeasibleException when the bound proves that there is no dispatch
   */
  public void require(double lowerBound) {
    if (isAbove(lowerBound)) {
      throw new InfeasibleException(proof(lowerBound));
    }
  }

  /** Whether a lower bound proves that there is no dispatch. */
  public boolean isAbove(double lowerBound) {
    return lowerBound > SLACK * ceiling + negligible;
  }

  /** Why there is none, of such a bound. */
  public String proof(double lowerBound) {
    return String.format(
        Locale.ROOT,
        "no dispatch meets the limits: any would cost %.4g or more, but with every device at its"
            + " limit the case costs %.4g",
        moneyUnit * lowerBound,
        moneyUnit * ceiling);
  }
}
