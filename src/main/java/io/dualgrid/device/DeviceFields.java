package io.dualgrid.device;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a kind of device in the case file. Reader, validator and the page of the case
 * format work from the JSON Schema that this makes. Limits and {@link #optional} are said of the
 * field before them.
 */
public final class DeviceFields {
  private final String title;
  private final String description;
  private final Map<String, ObjectNode> fields = new LinkedHashMap<>();
  private final List<String> required = new ArrayList<>(List.of("kind"));
  private boolean profiles;
  private String last;

  private DeviceFields(String title, String description) {
    this.title = title;
    this.description = description;
  }

  /**
   * None yet.
   *
   * @param title of the kind, for people
   * @param description the model, in the names of the fields
   */
  public static DeviceFields of(String title, String description) {
    return new DeviceFields(title, description);
  }

  /** A time series, in a column of a file. */
  public DeviceFields profile(String name, String meaning) {
    ObjectNode field = add(name, meaning);
    field.put("$ref", "#/$defs/profile");
    profiles = true;
    return this;
  }

  /** A number. */
  public DeviceFields number(String name, String meaning, double example) {
    ObjectNode field = add(name, meaning);
    field.put("type", "number");
    field.putArray("examples").add(DeviceCodec.number(example));
    return this;
  }

  /** The smallest power factor of a device whose reactive power follows its active power. */
  public DeviceFields powerFactorMin(double example) {
    return number(
            "powerFactorMin",
            "the smallest power factor: |Q| is at most P·tan(acos(powerFactorMin)); above 0, at most 1",
            example)
        .above(0)
        .atMost(1);
  }

  private DeviceFields wholeNumber(String name, String meaning, int example) {
    ObjectNode field = add(name, meaning);
    field.put("type", "integer");
    field.putArray("examples").add(example);
    return this;
  }

  private ObjectNode add(String name, String meaning) {
    ObjectNode field = JsonNodeFactory.instance.objectNode();
    field.put("description", meaning);
    if (fields.put(name, field) != null) {
      throw new IllegalArgumentException("field " + name + " is there twice");
    }
    required.add(name);
    last = name;
    return field;
  }

  /** Not smaller than that. */
  public DeviceFields atLeast(double limit) {
    fields.get(last).set("minimum", DeviceCodec.number(limit));
    return this;
  }

  /** Larger than that. */
  public DeviceFields above(double limit) {
    fields.get(last).set("exclusiveMinimum", DeviceCodec.number(limit));
    return this;
  }

  /** Not larger than that. */
  public DeviceFields atMost(double limit) {
    fields.get(last).set("maximum", DeviceCodec.number(limit));
    return this;
  }

  /** May be left out; a number is then NaN in the record. */
  public DeviceFields optional() {
    required.remove(last);
    return this;
  }

  /** The fields of {@link OnOff}, each of which may be left out. */
  public DeviceFields onOff() {
    return number(
            "powerMinKw",
            "the smallest electric power in kW while it is on, not negative; 0 when left out",
            20)
        .atLeast(0)
        .optional()
        .wholeNumber(
            "onHoursMin",
            "the least time on in whole hours once it has started; none when left out",
            2)
        .atLeast(0)
        .optional()
        .wholeNumber(
            "offHoursMin",
            "the least time off in whole hours once it has stopped; none when left out",
            2)
        .atLeast(0)
        .optional()
        .number(
            "startCost", "the cost of each start in currency, not negative; 0 when left out", 15)
        .atLeast(0)
        .optional();
  }

  /** Whether a field is a time series. */
  public boolean hasProfile() {
    return profiles;
  }

  /** The JSON Schema of such a device. */
  public ObjectNode schema(String kind) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("type", "object");
    schema.put("title", title);
    schema.put("description", description);
    ObjectNode properties = schema.putObject("properties");
    ObjectNode ownKind = properties.putObject("kind");
    ownKind.put("const", kind);
    ownKind.put("description", "the kind of the device");
    properties.setAll(fields);
    ArrayNode names = schema.putArray("required");
    required.forEach(names::add);
    schema.put("additionalProperties", false);
    return schema;
  }
}
