package io.dualgrid.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a device of the published layout reads in our format.
 *
 * @param numbers published key to our field
 * @param profiles published key to our field; the key is empty where the device itself is the
 *     reference to a profile
 * @param replaced published keys that the published program reads past, to our field that gets what
 *     it takes instead; the power first
 * @param powerFactorMin as the published program has it; 0 for devices without reactive power
 */
public record PublishedNames(
    Map<String, String> numbers,
    Map<String, String> profiles,
    Map<String, String> replaced,
    double powerFactorMin) {
  /** Keys of a reference to a profile. */
  public static final List<String> PROFILE_KEYS =
      List.of("path", "index_col", "magnification factor");

  /** Keys of on/off operation, which any device may have, to the fields of {@link OnOff}. */
  public static final Map<String, String> ON_OFF_KEYS =
      Map.of("P_min", "powerMinKw", "tau_on", "onHoursMin", "tau_off", "offHoursMin");

  /** A device that is a reference to a profile and nothing else. */
  public static PublishedNames profile(String field, double powerFactorMin) {
    return new PublishedNames(Map.of(), Map.of("", field), Map.of(), powerFactorMin);
  }

  /** A device of numbers only. */
  public static PublishedNames numbers(Map<String, String> numbers, double powerFactorMin) {
    return new PublishedNames(numbers, Map.of(), Map.of(), powerFactorMin);
  }

  /** The same for a device that can be switched on and off. */
  public PublishedNames withOnOff() {
    Map<String, String> all = new LinkedHashMap<>(numbers);
    all.putAll(ON_OFF_KEYS);
    return new PublishedNames(all, profiles, replaced, powerFactorMin);
  }

  /**
   * A store, whose power and start level the published program takes from its size.
   *
   * @param theirPower published key of the power
   * @param ourPower our field of the power
   */
  public static PublishedNames store(
      Map<String, String> numbers, String theirPower, String ourPower, double powerFactorMin) {
    Map<String, String> replaced = new LinkedHashMap<>();
    replaced.put(theirPower, ourPower);
    replaced.put("E_init", "energyStartKwh");
    return new PublishedNames(numbers, Map.of(), replaced, powerFactorMin);
  }

  /** Whether the published program knows a key. */
  public boolean knows(String key) {
    return numbers.containsKey(key)
        || replaced.containsKey(key)
        || profiles.containsKey(key)
        || profiles.containsKey("") && PROFILE_KEYS.contains(key);
  }

  /** The published name of one of our fields, for messages. */
  public String publishedName(String field) {
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
