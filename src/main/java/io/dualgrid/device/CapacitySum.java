package io.dualgrid.device;

/**
 * Adds up how large the devices of a node are: peak loads plus installed generation and storage
 * power, per unit. Of peak active and reactive load the larger one counts.
 */
public final class CapacitySum {
  private final Horizon horizon;
  private double active;
  private double reactive;
  private double other;

  /** Of nothing yet. */
  public CapacitySum(Horizon horizon) {
    this.horizon = horizon;
  }

  /** A load of active power. */
  public void active(Profile powerKw) {
    active += peak(powerKw);
  }

  /** A constant load of active power, of either sign. */
  public void active(double powerKw) {
    active += Math.abs(horizon.perUnit(powerKw));
  }

  /** A load of reactive power. */
  public void reactive(Profile powerKvar) {
    reactive += peak(powerKvar);
  }

  /** A constant load of reactive power, of either sign. */
  public void reactive(double powerKvar) {
    reactive += Math.abs(horizon.perUnit(powerKvar));
  }

  /** Installed power of anything else. */
  public void other(double powerKw) {
    other += horizon.perUnit(powerKw);
  }

  /** A share of the peak of anything else. */
  public void other(Profile profile, double share) {
    other += share * peak(profile);
  }

  private double peak(Profile profile) {
    double peak = 0.0;
    for (double value : horizon.perUnit(profile)) {
      peak = Math.max(peak, Math.abs(value));
    }
    return peak;
  }

  /** The sum, per unit. */
  public double total() {
    return Math.max(active, reactive) + other;
  }
}
