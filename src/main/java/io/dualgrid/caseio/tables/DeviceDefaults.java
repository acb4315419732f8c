package io.dualgrid.caseio.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of device fields that a table leaves open: those of the published study where it has one,
 * otherwise sizes of a small district. Powers in kW, energies in kWh.
 */
final class DeviceDefaults {
  /** A stated default. */
  record Default(double value, String reason) {}

  private static final Map<String, Map<String, Double>> VALUES = new LinkedHashMap<>();

  static {
    VALUES.put("PV", Map.of("powerFactorMin", 0.9));
    VALUES.put("WP", Map.of("powerFactorMin", 0.9));
    VALUES.put(
        "CHP",
        Map.of(
            "powerMaxKw", 500.0,
            "heatPerPower", 1.5,
            "gasPricePerKwh", 0.4,
            "powerFactorMin", 0.8));
    VALUES.put(
        "BT",
        Map.of(
            "energyMaxKwh", 500.0,
            "lossPerHour", 0.001,
            "chargeEfficiency", 0.95,
            "dischargeEfficiency", 0.95,
            "powerFactorMin", 0.8));
    VALUES.put("HS", Map.of("energyMaxKwh", 200.0, "lossPerHour", 0.001));
    VALUES.put("EHP", Map.of("powerMaxKw", 500.0, "cop", 3.5, "powerFactorMin", 0.8));
    VALUES.put("AHP", Map.of("powerMaxKw", 500.0, "cop", 1.78, "powerFactorMin", 0.8));
    VALUES.put("EH", Map.of("powerMaxKw", 500.0, "efficiency", 0.95));
    VALUES.put("GI", Map.of("buyMaxKw", 10000.0, "sellMaxKw", 10000.0));
    VALUES.put("SH", Map.of("conductanceKw", 0.0));
    VALUES.put("GEN", Map.of("powerMinKw", 0.0, "reactiveMinKvar", 0.0, "reactiveMaxKvar", 0.0));
    VALUES.put("DL", Map.of("reactivePerPower", 0.0));
  }

  private DeviceDefaults() {}

  /** The fixed defaults, by kind and field. */
  static Map<String, Map<String, Double>> fixed() {
    return Collections.unmodifiableMap(VALUES);
  }

  /**
   * The default of a field, or null when there is none.
   *
   * @param known the fields of the same device that are known by now
   */
  static Default of(String kind, String field, ObjectNode known) {
    Double value = VALUES.getOrDefault(kind, Map.of()).get(field);
    if (value != null) {
      return new Default(value, "");
    }
    boolean store = kind.equals("BT") || kind.equals("HS");
    if (!store || !known.path("energyMaxKwh").isNumber()) {
      return null;
    }
    double energyMaxKwh = known.get("energyMaxKwh").doubleValue();
    return switch (field) {
      case "powerMaxKw", "heatMaxKw" -> new Default(energyMaxKwh / 3, " (a third of energyMaxKwh)");
      case "energyStartKwh" -> new Default(0.3 * energyMaxKwh, " (0.3 times energyMaxKwh)");
      default -> null;
    };
  }
}
