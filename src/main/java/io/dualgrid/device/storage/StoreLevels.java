package io.dualgrid.device.storage;

/**
 * How much a store holds at most, and at both ends of the horizon.
 *
 * @param maxKwh what it holds at most
 * @param startKwh before the first step
 * @param endKwh after the last
 * @param lossPerHour share of what is stored that is lost in an hour
 */
record StoreLevels(double maxKwh, double startKwh, double endKwh, double lossPerHour) {
  /**
   * Of the fields of a store.
   *
   * @param energyEndKwh NaN for a store that returns to where it started
   */
  static StoreLevels of(
      double energyMaxKwh, double energyStartKwh, double energyEndKwh, double lossPerHour) {
    double end = Double.isNaN(energyEndKwh) ? energyStartKwh : energyEndKwh;
    return new StoreLevels(energyMaxKwh, energyStartKwh, end, lossPerHour);
  }

  /** By how much it ends lower than it started, negative where it ends higher. */
  double givenKwh() {
    return startKwh - endKwh;
  }

  /** What is lost at the start level in kW, where the store must not fall below that. */
  double upkeepKw() {
    return endKwh < startKwh ? 0.0 : lossPerHour * startKwh;
  }

  /**
   * What no schedule ends above, on any time grid on which the store loses at most all of it in a
   * step. A store that gains at its start level gains less at each higher one, and never rises
   * above the level whose loss eats the charge; one that loses nears that level from above, at most
   * as slowly as in continuous time.
   *
   * @param chargeKw full charge, as it arrives in the store
   */
  double most(double chargeKw, double hours) {
    double gainKw = chargeKw - lossPerHour * startKwh;
    if (gainKw < 0) {
      return startKwh + gainKw * -Math.expm1(-lossPerHour * hours) / lossPerHour;
    }
    double balance = lossPerHour > 0 ? chargeKw / lossPerHour : Double.POSITIVE_INFINITY;
    return Math.min(maxKwh, Math.min(balance, startKwh + gainKw * hours));
  }

  /**
   * What no schedule ends below: the loss is nowhere larger than at the start level while the store
   * only falls.
   *
   * @param dischargeKw full discharge, as it leaves the store
   */
  double least(double dischargeKw, double hours) {
    return Math.max(0.0, startKwh - (dischargeKw + lossPerHour * startKwh) * hours);
  }
}
