package io.dualgrid.caseio.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.files.AtomicFolder;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.NumberText;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Writes cases in the format that {@link CaseReader} reads, numbers without loss. */
public final class CaseWriter {
  private CaseWriter() {}

  /**
   * Writes a case and reads it back before the folder takes its name.
   *
   * @param gridCase need not be checked yet
   * @param folder must not exist or be empty
   * @param replace whether a folder with content may be replaced
   * @return the case as read back, and warnings
   * @throws CaseException with every problem of the case; the folder is then as it was
   * @throws IOException when the disk does not take it; the folder is then as it was
   */
  public static CaseCheck write(GridCase gridCase, Path folder, boolean replace)
      throws IOException {
    return write(gridCase, folder.toString(), folder, replace);
  }

  /**
   * Writes a case that was made of something.
   *
   * @param source what it was made of, which problems are told of
   * @see #write(GridCase, Path, boolean)
   */
  public static CaseCheck write(GridCase gridCase, String source, Path folder, boolean replace)
      throws IOException {
    return AtomicFolder.write(
        folder,
        replace,
        fresh -> {
          writeFiles(gridCase, fresh);
          CaseCheck check = CaseReader.check(fresh);
          CaseCheck named =
              new CaseCheck(source, check.gridCase(), check.errors(), check.warnings());
          named.orThrow();
          return named;
        });
  }

  /**
   * Writes what one site has of a case, in the same format, and reads it back: its node with its
   * devices, its lines, and the nodes at their other ends without devices.
   *
   * @param part need not be checked yet
   * @param folder there and empty; who makes it sees to it that nothing half-written stays
   * @throws CaseException with every problem
   * @throws IOException when the disk does not take it
   */
  public static void writePart(GridCase part, Path folder) throws IOException {
    writeFiles(part, folder);
    CaseReader.checkPart(folder).orThrow();
  }

  private static void writeFiles(GridCase gridCase, Path folder) throws IOException {
    try (Writer writer = Files.newBufferedWriter(folder.resolve(CaseReader.CASE_FILE))) {
      json(gridCase, writer);
    }
    for (Map.Entry<String, Map<String, double[]>> file : columns(gridCase).entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.writeString(path, csv(file.getValue()));
    }
  }

  /** The columns of each profile file, in the order of their first use. */
  static Map<String, Map<String, double[]>> columns(GridCase gridCase) {
    Map<String, Map<String, double[]>> files = new LinkedHashMap<>();
    for (Node node : gridCase.nodes()) {
      for (DeviceSpec device : node.devices()) {
        for (Profile profile : DeviceCodec.profiles(device).values()) {
          double[] known =
              files
                  .computeIfAbsent(profile.file(), name -> new LinkedHashMap<>())
                  .putIfAbsent(profile.column(), profile.rawValues());
          if (known != null && !Arrays.equals(known, profile.rawValues())) {
            throw new IllegalArgumentException(
                "two contents for column " + profile.column() + " of " + profile.file());
          }
        }
      }
    }
    return files;
  }

  private static String csv(Map<String, double[]> columns) {
    StringBuilder text = new StringBuilder();
    StringJoiner header = new StringJoiner(",", "", "\n");
    int rows = 0;
    for (Map.Entry<String, double[]> column : columns.entrySet()) {
      header.add(quoted(column.getKey()));
      rows = Math.max(rows, column.getValue().length);
    }
    text.append(header);
    for (int row = 0; row < rows; row++) {
      StringJoiner line = new StringJoiner(",", "", "\n");
      for (double[] values : columns.values()) {
        line.add(row < values.length ? NumberText.format(values[row]) : "");
      }
      text.append(line);
    }
    return text.toString();
  }

  private static String quoted(String header) {
    boolean plain = header.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? header : '"' + header.replace("\"", "\"\"") + '"';
  }

  /** The text of case.json. */
  static String json(GridCase gridCase) {
    StringWriter text = new StringWriter();
    try {
      json(gridCase, text);
    } catch (IOException e) {
      throw new UncheckedIOException("a text takes all that is written", e);
    }
    return text.toString();
  }

  /** Part by part, as a tree of a large case would take several times its memory. */
  private static void json(GridCase gridCase, Writer text) throws IOException {
    ObjectWriter parts = new ObjectMapper().writer(printer());
    try (JsonGenerator json = parts.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("formatVersion", 1);
      json.writeStringField("name", gridCase.name());
      json.writeStringField("source", gridCase.source());
      FactsCodec.write(gridCase.facts(), json);
      json.writeFieldName("limits");
      json.writeTree(limits(gridCase.limits()));
      json.writeArrayFieldStart("nodes");
      for (Node node : gridCase.nodes()) {
        json.writeTree(node(node));
      }
      json.writeEndArray();
      json.writeArrayFieldStart("lines");
      for (Line line : gridCase.lines()) {
        json.writeTree(line(line));
      }
      json.writeEndArray();
      AssumedCodec.write(gridCase.facts().assumed(), json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static ObjectNode node(Node node) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("id", node.id());
    entry.put("name", node.name());
    ArrayNode devices = entry.putArray("devices");
    node.devices().forEach(device -> devices.add(DeviceCodec.write(device)));
    return entry;
  }

  private static ObjectNode line(Line line) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("from", line.from());
    entry.put("to", line.to());
    entry.set("resistanceOhm", DeviceCodec.number(line.resistanceOhm()));
    entry.set("reactanceOhm", DeviceCodec.number(line.reactanceOhm()));
    if (line.ratio() != 1.0) {
      entry.set("ratio", DeviceCodec.number(line.ratio()));
    }
    if (line.isRated()) {
      entry.set("ratingKva", DeviceCodec.number(line.ratingKva()));
    }
    return entry;
  }

  private static DefaultPrettyPrinter printer() {
    return new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
        .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"))
        .withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
  }

  public static ObjectNode limits(NetworkLimits limits) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("horizonHours", DeviceCodec.number(limits.horizonHours()));
    json.put("profileRows", limits.profileRows());
    json.set("basePowerKw", DeviceCodec.number(limits.basePowerKw()));
    json.set("baseImpedanceOhm", DeviceCodec.number(limits.baseImpedanceOhm()));
    json.set("voltageMinPu", DeviceCodec.number(limits.voltageMinPu()));
    json.set("voltageMaxPu", DeviceCodec.number(limits.voltageMaxPu()));
    json.set("rootVoltagePu", DeviceCodec.number(limits.rootVoltagePu()));
    json.set("exchangeMaxKw", DeviceCodec.number(limits.exchangeMaxKw()));
    json.set("networkChargePerKwh", DeviceCodec.number(limits.networkChargePerKwh()));
    return json;
  }
}
