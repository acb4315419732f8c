package io.dualgrid.device.storage;

import io.dualgrid.device.DeviceFields;

/**
 * The fields of what a store holds, the same for power and heat; {@link StorageRows} has the model.
 */
final class StoreFields {
  private StoreFields() {}

  /** Adds them, with examples of the largest energy and of the one at the start, in kWh. */
  static DeviceFields add(DeviceFields fields, double energyMaxKwh, double energyStartKwh) {
    return fields
        .number("energyMaxKwh", "the largest stored energy in kWh", energyMaxKwh)
        .atLeast(0)
        .number(
            "energyStartKwh",
            "the stored energy in kWh at the start, to which it returns at the end unless energyEndKwh says otherwise; at most energyMaxKwh",
            energyStartKwh)
        .atLeast(0)
        .number(
            "energyEndKwh",
            "the stored energy in kWh at the end, at most energyMaxKwh; energyStartKwh when left out",
            energyStartKwh)
        .atLeast(0)
        .optional()
        .number("lossPerHour", "the share of the stored energy lost in an hour, from 0 to 1", 0.001)
        .atLeast(0)
        .atMost(1);
  }
}
