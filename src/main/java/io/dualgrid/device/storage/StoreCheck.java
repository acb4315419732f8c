package io.dualgrid.device.storage;

import io.dualgrid.device.DeviceCheck;
import io.dualgrid.problem.NumberText;

/**
 * A store must start within its size and be able to hold its start level: as the level at the end
 * equals the one at the start, charging at full power must make up for the loss at that level,
 * otherwise every schedule ends below it.
 */
final class StoreCheck {
  private StoreCheck() {}

  static void run(
      DeviceCheck check,
      double start,
      double max,
      double lossPerHour,
      double powerMaxKw,
      double efficiency,
      String powerField) {
    if (start > max) {
      check.error(
          "energyStartKwh",
          start,
          "is above energyMaxKwh = " + NumberText.show(max),
          "write a start level from 0 to " + NumberText.show(max));
    } else if (efficiency * powerMaxKw < lossPerHour * start) {
      check.error(
          powerField,
          powerMaxKw,
          (efficiency == 1.0 ? "" : "times " + NumberText.show(efficiency) + ", ")
              + "full charging cannot make up for the loss of "
              + NumberText.show(lossPerHour * start)
              + " kW at the start level, to which the store must return",
          "raise " + powerField + ", or lower energyStartKwh or lossPerHour");
    }
  }
}
