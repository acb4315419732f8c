package io.dualgrid.steering;

/**
 * What is known to who steers after an iteration, in the unit of money or in currency.
 *
 * @param converged whether the stopping rule holds
 * @param penalty of active power on the head line, money per kW²
 * @param lowerBound on the optimal cost, NaN when there is none yet
 * @param imbalance largest sum of injections at a step, per unit; NaN where copies tell it
 * @param cost of the best point so far, NaN when there is none or copies tell it
 * @param statesBound on the cost with the states of on and off that are fixed; NaN where nothing is
 *     switched
 * @param stalled why it goes no further, empty while it does
 * @param infeasible why no dispatch meets the limits, empty where there may be one; iterations
 *     after that find out what is short
 */
public record Outcome(
    boolean converged,
    double penalty,
    double lowerBound,
    double imbalance,
    double cost,
    double statesBound,
    String stalled,
    String infeasible) {
  /** The same in a unit of money of which this one is worth some. */
  public Outcome in(double moneyUnit) {
    return new Outcome(
        converged,
        moneyUnit * penalty,
        moneyUnit * lowerBound,
        imbalance,
        moneyUnit * cost,
        moneyUnit * statesBound,
        stalled,
        infeasible);
  }

  /** Of an algorithm whose copies tell how far it is. */
  public Outcome(boolean converged, double penalty, double lowerBound) {
    this(converged, penalty, lowerBound, "");
  }

  /** The same, where it may go no further. */
  public Outcome(boolean converged, double penalty, double lowerBound, String stalled) {
    this(converged, penalty, lowerBound, Double.NaN, Double.NaN, Double.NaN, stalled, "");
  }

  /**
   * While it is searched whether, or why, no dispatch meets the limits: there is no cost and no
   * bound to tell.
   */
  public static Outcome searching(double imbalance, String infeasible) {
    double none = Double.NaN;
    return new Outcome(false, none, none, imbalance, none, none, "", infeasible);
  }
}
