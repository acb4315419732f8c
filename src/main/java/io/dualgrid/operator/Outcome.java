package io.dualgrid.operator;

/**
 * What the operator knows after an iteration.
 *
 * @param converged whether the stopping rule holds
 * @param penalty of active power on the head line, currency per kW²
 * @param lowerBound on the optimal cost in currency, NaN when there is none yet
 * @param imbalance largest sum of injections at a step, per unit; NaN where copies tell it
 * @param cost of the best point so far in currency, NaN when there is none or copies tell it
 * @param stalled why it goes no further, empty while it does
 */
public record Outcome(
    boolean converged,
    double penalty,
    double lowerBound,
    double imbalance,
    double cost,
    String stalled) {
  /** Of an algorithm whose copies tell how far it is. */
  Outcome(boolean converged, double penalty, double lowerBound) {
    this(converged, penalty, lowerBound, "");
  }

  /** The same, where it may go no further. */
  Outcome(boolean converged, double penalty, double lowerBound, String stalled) {
    this(converged, penalty, lowerBound, Double.NaN, Double.NaN, stalled);
  }
}
