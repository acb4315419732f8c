package io.dualgrid.caseio.pandapower;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.caseio.ImportMessages;
import io.dualgrid.caseio.format.JsonText;
import io.dualgrid.problem.JsonFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A net as pandapower's to_json writes it: an object per table, of which "_object" holds the data
 * frame as JSON in a string. Nothing of it is evaluated, classes that it names are not loaded.
 */
final class PandapowerNet {
  private static final ObjectMapper MAPPER = new ObjectMapper(JsonText.bounded());

  private final Map<String, NetTable> tables = new TreeMap<>();
  private final ImportMessages messages;
  private final double frequencyHz;

  private PandapowerNet(double frequencyHz, ImportMessages messages) {
    this.frequencyHz = frequencyHz;
    this.messages = messages;
  }

  /**
   * Reads a net.
   *
   * @param json content of the file
   * @return nothing when it is no net; told in the messages
   */
  static Optional<PandapowerNet> read(byte[] json, ImportMessages messages) {
    try {
      JsonNode root = MAPPER.readTree(json);
      if (root == null || !root.path("_class").asText().equals("pandapowerNet")) {
        messages.error(
            "", "_class", "", "is not a net of pandapower", "write one by pandapower.to_json");
        return Optional.empty();
      }
      JsonNode content = root.path("_object");
      // pandapower 2 writes the object as text
      JsonNode net = content.isTextual() ? MAPPER.readTree(content.asText()) : content;
      return Optional.of(of(net, messages));
    } catch (JsonProcessingException e) {
      messages.error(
          JsonFault.place(e),
          "",
          "",
          "is not valid JSON: " + JsonFault.reason(e),
          "write the net anew by pandapower.to_json");
    } catch (IOException e) {
      messages.error("", "", "", "cannot be read: " + e.getMessage(), "check the file");
    }
    return Optional.empty();
  }

  private static PandapowerNet of(JsonNode content, ImportMessages messages)
      throws JsonProcessingException {
    PandapowerNet net = new PandapowerNet(content.path("f_hz").asDouble(50.0), messages);
    for (Map.Entry<String, JsonNode> field : content.properties()) {
      JsonNode frame = field.getValue();
      boolean isTable = frame.path("_class").asText().equals("DataFrame");
      if (isTable && !field.getKey().startsWith("res_") && !field.getKey().startsWith("_")) {
        JsonNode table =
            frame.path("_object").isTextual()
                ? MAPPER.readTree(frame.path("_object").asText())
                : frame.path("_object");
        net.tables.put(field.getKey(), new NetTable(field.getKey(), table, messages));
      }
    }
    return net;
  }

  double frequencyHz() {
    return frequencyHz;
  }

  /** A table; one without rows where the net has none. */
  NetTable table(String name) {
    return tables.getOrDefault(name, new NetTable(name, messages));
  }

  /** Names of all tables with rows. */
  List<String> filled() {
    List<String> names = new ArrayList<>();
    tables.forEach(
        (name, table) -> {
          if (!table.isEmpty()) {
            names.add(name);
          }
        });
    return names;
  }
}
