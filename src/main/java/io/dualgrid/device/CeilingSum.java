package io.dualgrid.device;

/**
 * Adds up the most that the devices of a node can add to the optimal cost of any feeder: their own
 * costs at full power, what they supply (which may be charged), and what they draw (which must be
 * bought).
 */
public final class CeilingSum {
  private final Horizon horizon;
  private final double hours;
  private final double[] drawnKw;
  private double suppliedKwh;
  private double ownCost;

  /**
   * Of nothing yet.
   *
   * @param hours length of the horizon
   */
  public CeilingSum(Horizon horizon, double hours) {
    this.horizon = horizon;
    this.hours = hours;
    drawnKw = new double[horizon.steps()];
  }

  /** Length of the horizon in hours. */
  public double hours() {
    return hours;
  }

  /** Supplied at full power over the whole horizon. */
  public void supply(double powerKw) {
    suppliedKwh += powerKw * hours;
  }

  /** Supplied as far as a profile permits. */
  public void supply(Profile availableKw) {
    double sum = 0.0;
    for (double value : availableKw.sample(horizon.steps(), horizon.sampling())) {
      sum += value * horizon.stepHours();
    }
    suppliedKwh += sum;
  }

  /** Drawn at full power over the whole horizon. */
  public void draw(double powerKw) {
    for (int t = 0; t < drawnKw.length; t++) {
      drawnKw[t] += powerKw;
    }
  }

  /** Drawn by a profile; its negative part is supply. */
  public void load(Profile powerKw) {
    double[] loadKw = powerKw.sample(horizon.steps(), horizon.sampling());
    double supplied = 0.0;
    for (int t = 0; t < loadKw.length; t++) {
      drawnKw[t] += Math.max(0.0, loadKw[t]);
      supplied += Math.max(0.0, -loadKw[t]) * horizon.stepHours();
    }
    suppliedKwh += supplied;
  }

  /** A cost of its own over the horizon, in currency. */
  public void cost(double currency) {
    ownCost += currency;
  }

  /** A cost of each start, of which there is one a step at most. */
  public void starts(double currency) {
    ownCost += currency * horizon.steps();
  }

  /**
   * The sum in the unit of money of the horizon.
   *
   * @param chargePerKwh on all that is supplied, in currency
   * @param priceOfStep buy price times the step length, in the unit of money, length steps
   */
  public double total(double chargePerKwh, double[] priceOfStep) {
    double ceiling = (ownCost + chargePerKwh * suppliedKwh) / horizon.moneyUnit();
    for (int t = 0; t < drawnKw.length; t++) {
      ceiling += Math.max(0.0, priceOfStep[t]) * drawnKw[t];
    }
    return ceiling;
  }
}
