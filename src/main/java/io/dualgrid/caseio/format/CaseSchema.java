package io.dualgrid.caseio.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceKinds;
import io.dualgrid.problem.NumberText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The JSON Schema of a case, or of another file of ours, applied with messages that say what to
 * write instead.
 *
 * <p>Only the keywords that the schema uses are understood, and any other is refused when the
 * schema is loaded, so that an edit of the schema cannot be ignored silently. A general validator
 * was tried against this: its messages name a place in the JSON and a rule of the schema, but
 * neither the node and device nor the way out, and an unknown kind of device ends in one message
 * per kind. The tests hold this class against such a validator.
 */
public final class CaseSchema {
  /** Violations that are told at most: a file may have a million, and is refused for the first. */
  static final int MOST_TOLD = 10_000;

  private static final String RESOURCE = "case-schema.json";
  private static final Set<String> KEYWORDS =
      Set.of(
          "$schema",
          "title",
          "description",
          "examples",
          "$defs",
          "$ref",
          "type",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "minItems",
          "minLength",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "const",
          "oneOf");
  private static final CaseSchema INSTANCE = load();

  private final JsonNode root;
  private final Map<String, JsonNode> devices = new LinkedHashMap<>();
  private final Map<String, JsonNode> definitions = new ConcurrentHashMap<>();

  /**
   * A breach of the schema.
   *
   * @param pointer JSON pointer of the object that holds the field
   * @param field its name; empty when the object itself is meant
   * @param value as it stands there; empty when it is missing
   * @param message what is wrong
   * @param remedy the way out
   */
  public record Violation(
      String pointer, String field, String value, String message, String remedy) {}

  /** Where an object stands; its pointer is needed of the few that have a breach. */
  private record Place(Place outer, String field, int index) {
    static final Place ROOT = new Place(null, "", -1);

    String pointer() {
      return outer == null ? "" : outer.pointer() + "/" + field + (index < 0 ? "" : "/" + index);
    }
  }

  private CaseSchema(JsonNode root) {
    this.root = root;
    checkKeywords(root);
    for (JsonNode reference : root.at("/$defs/device/oneOf")) {
      JsonNode device = resolve(reference);
      devices.put(device.at("/properties/kind/const").textValue(), device);
    }
  }

  /**
   * A schema of another file of ours, in the same keywords.
   *
   * @throws IllegalStateException when it uses others
   */
  public static CaseSchema of(JsonNode schema) {
    return new CaseSchema(schema);
  }

  /** The schema of this version of the format. */
  public static CaseSchema instance() {
    return INSTANCE;
  }

  /** The schema as JSON; not to be modified. */
  public JsonNode json() {
    return root;
  }

  /** The schema of each kind of device, in the order of the documentation; not to be modified. */
  public Map<String, JsonNode> devices() {
    return devices;
  }

  private static CaseSchema load() {
    try (InputStream stream = CaseSchema.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("resource " + RESOURCE + " is missing");
      }
      JsonNode root = new ObjectMapper().readTree(stream);
      addKinds(root);
      return new CaseSchema(root);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  /** Each kind of device states its own part. */
  private static void addKinds(JsonNode root) {
    ObjectNode definitions = (ObjectNode) root.get("$defs");
    ArrayNode kinds = (ArrayNode) root.at("/$defs/device/oneOf");
    for (DeviceKind kind : DeviceKinds.all()) {
      definitions.set(kind.name(), kind.fields().schema(kind.name()));
      kinds.addObject().put("$ref", "#/$defs/" + kind.name());
    }
  }

  private static void checkKeywords(JsonNode schema) {
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      if (!KEYWORDS.contains(entry.getKey())) {
        throw new IllegalStateException(
            "keyword " + entry.getKey() + " of " + RESOURCE + " is not implemented");
      }
      switch (entry.getKey()) {
        case "properties", "$defs" -> entry.getValue().forEach(CaseSchema::checkKeywords);
        case "oneOf" -> entry.getValue().forEach(CaseSchema::checkKeywords);
        case "items" -> checkKeywords(entry.getValue());
        default -> {}
      }
    }
  }

  private JsonNode resolve(JsonNode schema) {
    JsonNode reference = schema.get("$ref");
    return reference == null ? schema : definition(reference.textValue().substring(1));
  }

  private JsonNode definition(String pointer) {
    return definitions.computeIfAbsent(pointer, root::at);
  }

  /** All breaches of a whole case. */
  public List<Violation> check(JsonNode json) {
    List<Violation> violations = new ArrayList<>();
    check(root, json, Place.ROOT, "", violations);
    return violations;
  }

  /**
   * All breaches of a part.
   *
   * @param definition device, line, node, profile or limits
   */
  public List<Violation> check(String definition, JsonNode json) {
    List<Violation> violations = new ArrayList<>();
    check(definition("/$defs/" + definition), json, Place.ROOT, "", violations);
    return violations;
  }

  private void check(
      JsonNode reference, JsonNode value, Place place, String field, List<Violation> out) {
    if (out.size() >= MOST_TOLD) {
      return;
    }
    JsonNode schema = resolve(reference);
    if (schema.has("oneOf")) {
      checkKind(value, place, out);
      return;
    }
    String complaint = complaint(schema, value);
    if (complaint != null) {
      out.add(
          new Violation(
              place.pointer(),
              field,
              value.toString(),
              complaint,
              remedy(reference, schema, value)));
    } else if (value.isObject()) {
      checkObject(schema, value, field.isEmpty() ? place : new Place(place, field, -1), out);
    } else if (value.isArray()) {
      for (int k = 0; k < value.size(); k++) {
        check(schema.get("items"), value.get(k), new Place(place, field, k), "", out);
      }
    }
  }

  private void checkKind(JsonNode value, Place place, List<Violation> out) {
    String kind = value.path("kind").asText();
    if (value.isObject() && value.path("kind").isTextual() && devices.containsKey(kind)) {
      check(devices.get(kind), value, place, "", out);
      return;
    }
    String pointer = place.pointer();
    String known = "write one of: " + String.join(", ", devices.keySet());
    if (!value.isObject()) {
      out.add(
          new Violation(
              pointer,
              "",
              value.toString(),
              "a device must be an object { … }",
              "write for example {\"kind\": \"EH\", …}"));
    } else if (!value.path("kind").isTextual()) {
      String text = value.has("kind") ? value.get("kind").toString() : "";
      String message = value.has("kind") ? "must be text" : "is missing";
      out.add(new Violation(pointer, "kind", text, message, known));
    } else {
      out.add(new Violation(pointer, "kind", kind, "unknown kind of device", known));
    }
  }

  private void checkObject(JsonNode schema, JsonNode value, Place place, List<Violation> out) {
    JsonNode properties = schema.get("properties");
    for (JsonNode required : schema.get("required")) {
      String name = required.textValue();
      if (!value.has(name)) {
        JsonNode property = properties.get(name);
        out.add(
            new Violation(
                place.pointer(),
                name,
                "",
                "is missing",
                "add it: " + meaning(property, resolve(property))));
      }
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      JsonNode property = properties.get(entry.getKey());
      if (property != null) {
        check(property, entry.getValue(), place, entry.getKey(), out);
      } else if (out.size() < MOST_TOLD) {
        out.add(unknownKey(schema, place.pointer(), entry.getKey(), entry.getValue()));
      }
    }
  }

  private static Violation unknownKey(JsonNode schema, String pointer, String key, JsonNode value) {
    List<String> known =
        StreamSupport.stream(
                ((Iterable<String>) () -> schema.get("properties").fieldNames()).spliterator(),
                false)
            .collect(Collectors.toList());
    return new Violation(
        pointer,
        key,
        value.toString(),
        "unknown key",
        "remove it, or write one of: " + String.join(", ", known));
  }

  /** What is wrong with a value itself, or null. */
  private static String complaint(JsonNode schema, JsonNode value) {
    JsonNode constant = schema.get("const");
    if (constant != null) {
      boolean same =
          constant.isNumber() && value.isNumber()
              ? constant.doubleValue() == value.doubleValue()
              : constant.equals(value);
      return same ? null : "must be " + constant;
    }
    return switch (schema.get("type").textValue()) {
      case "object" -> value.isObject() ? null : "must be an object { … }";
      case "array" -> arrayComplaint(schema, value);
      case "string" -> textComplaint(schema, value);
      case "boolean" -> value.isBoolean() ? null : "must be true or false";
      case "integer" -> numberComplaint(schema, value, true);
      case "number" -> numberComplaint(schema, value, false);
      default -> throw new IllegalStateException("type " + schema.get("type"));
    };
  }

  private static String arrayComplaint(JsonNode schema, JsonNode value) {
    if (!value.isArray()) {
      return "must be a list [ … ]";
    }
    int least = schema.path("minItems").intValue();
    return value.size() < least ? "must have at least " + least + " entry" : null;
  }

  private static String textComplaint(JsonNode schema, JsonNode value) {
    if (!value.isTextual()) {
      return "must be text in double quotes";
    }
    boolean tooShort = value.textValue().strip().length() < schema.path("minLength").intValue();
    return tooShort ? "must not be empty" : null;
  }

  private static String numberComplaint(JsonNode schema, JsonNode value, boolean integer) {
    if (!value.isNumber()) {
      return value.isTextual() ? "is text, not a number" : "must be a number";
    }
    double number = value.doubleValue();
    if (!Double.isFinite(number)) {
      return "is too large for a number";
    }
    if (integer && (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE)) {
      return "must be a whole number below 2147483648";
    }
    JsonNode minimum = schema.get("minimum");
    if (minimum != null && number < minimum.doubleValue()) {
      return minimum.doubleValue() == 0 ? "must not be negative" : "must be at least " + minimum;
    }
    JsonNode exclusive = schema.get("exclusiveMinimum");
    if (exclusive != null && number <= exclusive.doubleValue()) {
      return "must be above " + exclusive;
    }
    JsonNode maximum = schema.get("maximum");
    return maximum != null && number > maximum.doubleValue() ? "must be at most " + maximum : null;
  }

  private static String remedy(JsonNode reference, JsonNode schema, JsonNode value) {
    boolean quoted =
        value.isTextual()
            && NumberText.parse(value.textValue()).isPresent()
            && Set.of("number", "integer").contains(schema.path("type").asText());
    return quoted
        ? "write it without quotes: " + value.textValue()
        : "write " + meaning(reference, schema);
  }

  private static String meaning(JsonNode reference, JsonNode schema) {
    String description =
        (reference.has("description") ? reference : schema).path("description").asText();
    JsonNode example = schema.path("examples").path(0);
    if (schema.has("const")) {
      example = schema.get("const");
    }
    return example.isMissingNode() ? description : description + ", such as " + example;
  }
}
