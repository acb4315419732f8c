package io.dualgrid.caseio.published;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a device of the published layout reads in our format.
 *
 * @param numbers published key to our field
 * @param profiles published key to our field; the key is empty where the device itself is the
 *     reference to a profile
 * @param replaced published keys that the published program reads past
 * @param powerFactorMin as the published program has it; 0 for devices without reactive power
 */
record PublishedDevice(
    Map<String, String> numbers,
    Map<String, String> profiles,
    List<String> replaced,
    double powerFactorMin) {
  /** Keys of a reference to a profile. */
  static final List<String> PROFILE_KEYS = List.of("path", "index_col", "magnification factor");

  /** Keys of on/off operation. */
  static final List<String> ON_OFF_KEYS = List.of("P_min", "tau_on", "tau_off");

  private static final Map<String, PublishedDevice> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("P_load", profile("powerKw", 0));
    KINDS.put("Q_load", profile("powerKvar", 0));
    KINDS.put("H_load", profile("heatKw", 0));
    KINDS.put("PV", profile("availableKw", 0.9));
    KINDS.put("WP", profile("availableKw", 0.9));
    KINDS.put(
        "CHP",
        numbers(
            Map.of("P_max", "powerMaxKw", "alpha", "heatPerPower", "gas_p", "gasPricePerKwh"),
            List.of(),
            0.8));
    KINDS.put(
        "BT",
        numbers(
            Map.of(
                "E_max",
                "energyMaxKwh",
                "r_loss",
                "lossPerHour",
                "eta_charge",
                "chargeEfficiency",
                "eta_discharge",
                "dischargeEfficiency"),
            List.of("P_max", "E_init"),
            0.8));
    KINDS.put(
        "HS",
        numbers(
            Map.of("E_max", "energyMaxKwh", "r_loss", "lossPerHour"),
            List.of("H_max", "E_init"),
            0));
    PublishedDevice heatPump = numbers(Map.of("P_max", "powerMaxKw", "cop", "cop"), List.of(), 0.8);
    KINDS.put("EHP", heatPump);
    KINDS.put("AHP", heatPump);
    KINDS.put("EH", numbers(Map.of("P_max", "powerMaxKw", "eta", "efficiency"), List.of(), 0));
    KINDS.put(
        "GI",
        new PublishedDevice(
            Map.of("P_buy_max", "buyMaxKw", "P_sell_max", "sellMaxKw"),
            Map.of("price_buy", "buyPricePerKwh", "price_sell", "sellPricePerKwh"),
            List.of(),
            0.8));
  }

  static Map<String, PublishedDevice> kinds() {
    return KINDS;
  }

  private static PublishedDevice profile(String field, double powerFactorMin) {
    return new PublishedDevice(Map.of(), Map.of("", field), List.of(), powerFactorMin);
  }

  private static PublishedDevice numbers(
      Map<String, String> numbers, List<String> replaced, double powerFactorMin) {
    return new PublishedDevice(numbers, Map.of(), replaced, powerFactorMin);
  }

  /** Whether the published program knows a key. */
  boolean knows(String key) {
    return numbers.containsKey(key)
        || replaced.contains(key)
        || profiles.containsKey(key)
        || profiles.containsKey("") && PROFILE_KEYS.contains(key);
  }

  /** The published name of one of our fields, for messages. */
  String publishedName(String field) {
    String head = field.contains(".") ? field.substring(0, field.indexOf('.')) : field;
    for (Map.Entry<String, String> entry : numbers.entrySet()) {
      if (entry.getValue().equals(head)) {
        return entry.getKey();
      }
    }
    for (Map.Entry<String, String> entry : profiles.entrySet()) {
      if (entry.getValue().equals(head)) {
        String key =
            field.endsWith(".file")
                ? "path"
                : field.endsWith(".column")
                    ? "index_col"
                    : field.endsWith(".factor") ? "magnification factor" : "";
        String separator = entry.getKey().isEmpty() || key.isEmpty() ? "" : ".";
        return entry.getKey() + separator + key;
      }
    }
    return field;
  }
}
