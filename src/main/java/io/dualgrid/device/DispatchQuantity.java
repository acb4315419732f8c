package io.dualgrid.device;

import io.dualgrid.feeder.VoltageForm;

/**
 * One time series of the dispatch: an affine function of the variables of a program, or the voltage
 * of one, step by step.
 *
 * @param device label of the device, or of the node or line
 * @param name what it is: P, Q, H, E …
 * @param unit of the value
 * @param variables index of the variable at each step, or null for a fixed series
 * @param factor from per unit to the unit given, with the sign
 * @param offset added at each step, in the unit given; null for none
 * @param voltage the form in which the variables hold a voltage; null for what is none
 */
public record DispatchQuantity(
    String device,
    String name,
    String unit,
    int[] variables,
    double factor,
    double[] offset,
    VoltageForm voltage) {

  /**
   * The value at a step.
   *
   * @param x solution of the program the quantity belongs to
   */
  public double value(double[] x, int step) {
    if (voltage != null) {
      return voltage.voltage(x[variables[step]]);
    }
    double value = offset == null ? 0.0 : offset[step];
    return variables == null ? value : value + factor * x[variables[step]];
  }
}
