package io.dualgrid.caseio.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.site.AssumedValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The list of assumed values in case.json, checked against the devices that the case has. */
final class AssumedCodec {
  /** Name of the list. */
  static final String FIELD = "assumed";

  private static final String REMEDY = "remove the entry, or correct it";

  private final JsonNode root;
  private final Consumer<CaseProblem> problems;
  private final Map<Integer, Set<String>> kinds = new HashMap<>();

  private AssumedCodec(JsonNode root, Consumer<CaseProblem> problems) {
    this.root = root;
    this.problems = problems;
    for (JsonNode node : root.path("nodes")) {
      Set<String> own = new HashSet<>();
      node.path("devices").forEach(device -> own.add(device.path("kind").asText()));
      kinds.put(node.path("id").asInt(), own);
    }
  }

  /**
   * Reads the list; empty where there is none.
   *
   * @param root of case.json, whose list the schema has accepted
   * @param problems takes entries about what the case does not have
   */
  static List<AssumedValue> read(JsonNode root, Consumer<CaseProblem> problems) {
    return root.has(FIELD) ? new AssumedCodec(root, problems).read() : List.of();
  }

  private List<AssumedValue> read() {
    List<AssumedValue> values = new ArrayList<>();
    JsonNode list = root.get(FIELD);
    for (int k = 0; k < list.size(); k++) {
      JsonNode entry = list.get(k);
      List<Integer> nodes = new ArrayList<>();
      entry.path("nodes").forEach(node -> nodes.add(node.intValue()));
      AssumedValue value =
          new AssumedValue(entry.get("device").textValue(), entry.get("field").textValue(), nodes);
      check(place(k), value);
      values.add(value);
    }
    return values;
  }

  /** Where an entry stands, for messages. */
  static String place(int index) {
    return "entry " + (index + 1) + " of " + FIELD;
  }

  private void check(String place, AssumedValue value) {
    boolean limits = value.device().equals(AssumedValue.LIMITS);
    CaseSchema schema = CaseSchema.instance();
    if (!limits && !schema.devices().containsKey(value.device())) {
      problem(place, "device", value.device(), "is no kind of device and not limits");
      return;
    }
    JsonNode part =
        limits ? schema.json().at("/$defs/limits") : schema.devices().get(value.device());
    if (!part.get("properties").has(value.field()) || value.field().equals("kind")) {
      problem(place, "field", value.field(), "is no field of " + value.device());
    }
    if (limits != value.nodes().isEmpty()) {
      problem(
          place,
          "nodes",
          value.nodes().toString(),
          limits ? "the limits are not of one node" : "names no node");
    }
    if (!limits) {
      for (int node : value.nodes()) {
        if (!kinds.getOrDefault(node, Set.of()).contains(value.device())) {
          problem(place, "nodes", Integer.toString(node), "has no " + value.device());
        }
      }
    }
  }

  private void problem(String place, String field, String value, String message) {
    problems.accept(new CaseProblem(CaseReader.CASE_FILE, place, field, value, message, REMEDY));
  }

  /** Writes the list where there is one. */
  static void write(List<AssumedValue> values, JsonGenerator json) throws IOException {
    if (values.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(FIELD);
    for (AssumedValue value : values) {
      json.writeStartObject();
      json.writeStringField("device", value.device());
      json.writeStringField("field", value.field());
      if (!value.nodes().isEmpty()) {
        json.writeArrayFieldStart("nodes");
        for (int node : value.nodes()) {
          json.writeNumber(node);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
