package io.dualgrid.device;

/** A device that carries energy from step to step, and from one horizon to the next. */
public interface Store extends DeviceSpec {
  /** The most that it holds, kWh. */
  double energyMaxKwh();

  /** What it holds before the first step, kWh. */
  double energyStartKwh();

  /** What it holds after the last step, kWh; NaN where it returns to energyStartKwh. */
  double energyEndKwh();

  /** The same store between other levels, in kWh. */
  Store between(double energyStartKwh, double energyEndKwh);
}
