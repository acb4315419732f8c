package io.dualgrid.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Devices to JSON and back. The names of the record components are the names of the fields, so that
 * a kind needs no code of its own for this; a component that is a record, such as {@link OnOff},
 * stands for its own components.
 */
public final class DeviceCodec {
  private DeviceCodec() {}

  /**
   * A device from JSON that the schema has accepted; a number that may be left out is then NaN.
   *
   * @param profiles makes a profile from its JSON
   */
  public static DeviceSpec read(JsonNode json, Function<JsonNode, Profile> profiles) {
    return make(DeviceKinds.of(json.get("kind").textValue()).type(), json, profiles);
  }

  private static <T> T make(Class<T> type, JsonNode json, Function<JsonNode, Profile> profiles) {
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
      } else if (types[k].isRecord()) {
        values[k] = make(types[k], json, profiles);
      } else {
        values[k] = field.textValue();
      }
    }
    return construct(type, types, values);
  }

  /** The same device with other profiles. */
  public static DeviceSpec withProfiles(DeviceSpec device, UnaryOperator<Profile> change) {
    RecordComponent[] components = device.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int k = 0; k < components.length; k++) {
      types[k] = components[k].getType();
      Object value = value(device, components[k]);
      values[k] = value instanceof Profile profile ? change.apply(profile) : value;
    }
    return construct(device.getClass(), types, values);
  }

  private static <T> T construct(Class<T> type, Class<?>[] types, Object[] values) {
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type.getSimpleName(), e);
    }
  }

  /** A device as JSON. */
  public static ObjectNode write(DeviceSpec device) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", device.kind());
    fields(device)
        .forEach(
            (name, value) -> {
              if (value instanceof Double number) {
                json.set(name, number(number));
              } else if (value instanceof Profile profile) {
                ObjectNode reference = json.putObject(name);
                reference.put("file", profile.file());
                reference.put("column", profile.column());
                reference.set("factor", number(profile.factor()));
              }
            });
    return json;
  }

  /** The profiles of a device under their field names. */
  public static Map<String, Profile> profiles(DeviceSpec device) {
    return only(Profile.class, device);
  }

  /** The plain numbers of a device under their field names. */
  public static Map<String, Double> numbers(DeviceSpec device) {
    return only(Double.class, device);
  }

  private static <T> Map<String, T> only(Class<T> type, DeviceSpec device) {
    Map<String, T> some = new LinkedHashMap<>();
    fields(device)
        .forEach(
            (name, value) -> {
              if (type.isInstance(value)) {
                some.put(name, type.cast(value));
              }
            });
    return some;
  }

  /** What is given of the fields; a component that is a record of numbers stands for its own. */
  private static Map<String, Object> fields(Object record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = value(record, component);
      if (value instanceof Record part && !(value instanceof Profile)) {
        fields.putAll(fields(part));
      } else if (!(value instanceof Double number && number.isNaN())) {
        fields.put(component.getName(), value);
      }
    }
    return fields;
  }

  /** A number without a superfluous ".0". */
  public static JsonNode number(double value) {
    boolean integral = value == Math.rint(value) && Math.abs(value) < 1e15;
    return integral
        ? JsonNodeFactory.instance.numberNode((long) value)
        : JsonNodeFactory.instance.numberNode(value);
  }

  private static Object value(Object record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
