package io.dualgrid.device.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualgrid.device.DeviceDefault;
import java.util.Optional;

/** Defaults of stores that follow from their size, as in the published study. */
final class StoreDefaults {
  private StoreDefaults() {}

  /**
   * Of the power and the start level.
   *
   * @param powerField what the power is called
   * @param known the fields of the device that are known by now
   */
  static Optional<DeviceDefault> of(String field, String powerField, JsonNode known) {
    if (!known.path("energyMaxKwh").isNumber()) {
      return Optional.empty();
    }
    double energyMaxKwh = known.get("energyMaxKwh").doubleValue();
    if (field.equals(powerField)) {
      return Optional.of(new DeviceDefault(energyMaxKwh / 3, " (a third of energyMaxKwh)"));
    }
    return field.equals("energyStartKwh")
        ? Optional.of(new DeviceDefault(0.3 * energyMaxKwh, " (0.3 times energyMaxKwh)"))
        : Optional.empty();
  }
}
