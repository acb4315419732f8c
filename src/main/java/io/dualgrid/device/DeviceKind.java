package io.dualgrid.device;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of device: what is said of it once, whatever the device. It is named in {@code
 * META-INF/services/io.dualgrid.device.DeviceKind} and has a public constructor without arguments;
 * case format, tables, importers and charts know it by that.
 */
public interface DeviceKind {
  /** As the case file spells it. */
  String name();

  /** The record of such a device, whose components are called like the fields. */
  Class<? extends DeviceSpec> type();

  /** Its fields in the case file. */
  DeviceFields fields();

  /** Its name in charts. */
  String label();

  /** Its colour in charts. */
  ChartColour colour();

  /** Values of fields that tables may leave open. */
  default Map<String, Double> defaults() {
    return Map.of();
  }

  /**
   * The default of a field, where there is one.
   *
   * @param known the fields of the same device that are known by now
   */
  default Optional<DeviceDefault> defaultOf(String field, JsonNode known) {
    return Optional.ofNullable(defaults().get(field)).map(value -> new DeviceDefault(value, ""));
  }

  /** Names of its profile file among tables, the preferred one first. */
  default List<String> profileFiles() {
    return fields().hasProfile() ? List.of(name().toLowerCase(Locale.ROOT) + ".csv") : List.of();
  }

  /** Other spellings of its column in tables, in lower case. */
  default List<String> spellings() {
    return List.of();
  }

  /** How the layout of the published study calls its fields; empty where that does not have it. */
  default Optional<PublishedNames> published() {
    return Optional.empty();
  }
}
