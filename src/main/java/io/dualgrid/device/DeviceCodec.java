package io.dualgrid.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Devices to JSON and back. The names of the record components are the names of the fields, so that
 * a kind needs no code of its own for this.
 */
public final class DeviceCodec {
  private DeviceCodec() {}

  /**
   * A device from JSON that the schema has accepted; a number that may be left out is then NaN.
   *
   * @param profiles makes a profile from its JSON
   */
  public static DeviceSpec read(JsonNode json, Function<JsonNode, Profile> profiles) {
    Class<? extends DeviceSpec> type = DeviceKinds.of(json.get("kind").textValue()).type();
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int k = 0; k < components.length; k++) {
      types[k] = components[k].getType();
      JsonNode field = json.get(components[k].getName());
      if (types[k] == double.class) {
        values[k] = field == null ? Double.NaN : field.doubleValue();
      } else if (types[k] == Profile.class) {
        values[k] = profiles.apply(field);
      } else {
        values[k] = field.textValue();
      }
    }
    try {
      Constructor<? extends DeviceSpec> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type.getSimpleName(), e);
    }
  }

  /** A device as JSON. */
  public static ObjectNode write(DeviceSpec device) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", device.kind());
    for (RecordComponent component : device.getClass().getRecordComponents()) {
      Object value = value(device, component);
      if (value instanceof Double number && !number.isNaN()) {
        json.set(component.getName(), number(number));
      } else if (value instanceof Profile profile) {
        ObjectNode reference = json.putObject(component.getName());
        reference.put("file", profile.file());
        reference.put("column", profile.column());
        reference.set("factor", number(profile.factor()));
      }
    }
    return json;
  }

  /** The profiles of a device under their field names. */
  public static Map<String, Profile> profiles(DeviceSpec device) {
    Map<String, Profile> profiles = new LinkedHashMap<>();
    for (RecordComponent component : device.getClass().getRecordComponents()) {
      if (value(device, component) instanceof Profile profile) {
        profiles.put(component.getName(), profile);
      }
    }
    return profiles;
  }

  /** The plain numbers of a device under their field names. */
  public static Map<String, Double> numbers(DeviceSpec device) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (RecordComponent component : device.getClass().getRecordComponents()) {
      if (value(device, component) instanceof Double number && !number.isNaN()) {
        numbers.put(component.getName(), number);
      }
    }
    return numbers;
  }

  /** A number without a superfluous ".0". */
  public static JsonNode number(double value) {
    boolean integral = value == Math.rint(value) && Math.abs(value) < 1e15;
    return integral
        ? JsonNodeFactory.instance.numberNode((long) value)
        : JsonNodeFactory.instance.numberNode(value);
  }

  private static Object value(DeviceSpec device, RecordComponent component) {
    try {
      return component.getAccessor().invoke(device);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
