package io.dualgrid.device;

import java.util.Optional;

/**
 * On/off operation of a device: it stands at zero, or between powerMinKw and its largest power. A
 * component of the record of a device, whose fields stand among those of the device in the case
 * file; NaN where one is left out.
 *
 * <p>The state before the horizon is that of the first step, and has lasted long enough; what
 * begins within the horizon may end with it, however short.
 *
 * @param powerMinKw smallest electric power while on; without one, or at zero, a device that is on
 *     may stand at nothing and is as good as off, so that nothing else here has an effect
 * @param onHoursMin least time on once it has started, whole hours
 * @param offHoursMin least time off once it has stopped, whole hours
 * @param startCost of each start, in currency
 */
public record OnOff(double powerMinKw, double onHoursMin, double offHoursMin, double startCost) {
  /** Anywhere between zero and the largest power at any time. */
  public static final OnOff NONE = new OnOff(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Hours this much over a whole number of steps are rounding. */
  private static final double ROUNDING = 1e-9;

  /** Whether there is a choice between on and off. */
  public boolean isAsked() {
    return powerMinKw > 0;
  }

  /** Least number of steps on, at least one. */
  int onSteps(Horizon horizon) {
    return steps(onHoursMin, horizon);
  }

  /** Least number of steps off, at least one. */
  int offSteps(Horizon horizon) {
    return steps(offHoursMin, horizon);
  }

  private static int steps(double hours, Horizon horizon) {
    double steps = Double.isNaN(hours) ? 1 : Math.ceil(hours / horizon.stepHours() - ROUNDING);
    return (int) Math.max(1, Math.min(steps, horizon.steps()));
  }

  /** The cost of a start, zero where none is given. */
  double costOfStart() {
    return Double.isNaN(startCost) ? 0.0 : startCost;
  }

  /** Adds the most that starts can cost. */
  public void addCeiling(CeilingSum sum) {
    if (isAsked()) {
      sum.starts(costOfStart());
    }
  }

  /** What least times and starts tie from step to step, see {@link DeviceSpec#stored()}. */
  public Optional<Carrier> stored() {
    return isAsked() ? Optional.of(Carrier.ACTIVE) : Optional.empty();
  }

  /** Checks the fields against each other and against the largest power. */
  public void check(DeviceCheck check, double powerMaxKw) {
    check.range("powerMaxKw", powerMaxKw, "powerMinKw", powerMinKw);
    if (!isAsked()) {
      warnVain(check, "onHoursMin", onHoursMin);
      warnVain(check, "offHoursMin", offHoursMin);
      warnVain(check, "startCost", startCost);
    }
  }

  private static void warnVain(DeviceCheck check, String field, double value) {
    if (value > 0) {
      check.warn(
          field,
          value,
          "has no effect without powerMinKw above 0: on at no power is as good as off",
          "write powerMinKw, the smallest power while it is on, or leave this out");
    }
  }
}
