package io.dualgrid.caseio.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dualgrid.caseio.format.CaseSchema;
import io.dualgrid.caseio.format.CsvTable;
import io.dualgrid.caseio.format.FactsCodec;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The table of parameters: columns node, device, parameter, value, unit, comment. A row without a
 * node is for all nodes; a row with one goes before it. Instead of a kind of device there may stand
 * "limits" or "case".
 */
final class ParameterTable {
  private static final List<String> REQUIRED = List.of("device", "parameter", "value");
  private static final Set<String> COLUMNS =
      Set.of("node", "device", "parameter", "value", "unit", "comment");

  /** The nominal voltage between lines, from which the base of impedances follows. */
  static final String NOMINAL_VOLTAGE = "nominalVoltageKv";

  private static final String BASE_IMPEDANCE = "baseImpedanceOhm";

  /** By the end of a name: how its unit is written, the usual way first. */
  private static final Map<String, List<String>> UNITS =
      Map.of(
          "Kw", List.of("kW"),
          "Kvar", List.of("kvar"),
          "Kwh", List.of("kWh"),
          "Kv", List.of("kV"),
          "Pu", List.of("p.u.", "pu"),
          "Ohm", List.of("ohm", "Ω"),
          "Hours", List.of("h", "hours"),
          "HoursMin", List.of("h", "hours"),
          "PerHour", List.of("1/h"));

  /**
   * One value.
   *
   * @param value number or text
   * @param file of the table
   * @param row in the spreadsheet
   */
  record Parameter(JsonNode value, String file, int row) {
    /** The place for messages. */
    String place() {
      return "row " + row;
    }
  }

  private record Key(String node, String device, String parameter) {}

  private final Map<Key, Parameter> values = new LinkedHashMap<>();
  private final Consumer<CaseProblem> problems;

  ParameterTable(Optional<CsvTable> table, Consumer<CaseProblem> problems) {
    this.problems = problems;
    table.ifPresent(this::read);
  }

  private void read(CsvTable table) {
    for (String column : REQUIRED) {
      if (!table.header().contains(column)) {
        problems.accept(
            new CaseProblem(
                table.file(),
                "",
                "column",
                column,
                "there is no such column",
                "write the header node,device,parameter,value,unit,comment"));
        return;
      }
    }
    for (String column : table.header()) {
      if (!COLUMNS.contains(column)) {
        problem(
            table,
            "row 1",
            "column",
            column,
            "unknown column",
            "remove it, or write its content under comment");
      }
    }
    for (CsvTable.Row row : table.rows()) {
      if (row.cells().stream().anyMatch(cell -> !cell.isEmpty())) {
        read(table, row);
      }
    }
  }

  private void read(CsvTable table, CsvTable.Row row) {
    String place = "row " + row.number();
    String node = table.cell(row, "node");
    String device = table.cell(row, "device");
    String parameter = table.cell(row, "parameter");
    String text = table.cell(row, "value");
    if (node.equalsIgnoreCase("all")) {
      node = "";
    }
    if (!known(table, place, node, device, parameter)) {
      return;
    }
    if (text.isEmpty()) {
      return; // an empty value asks for the default
    }
    JsonNode value;
    if (isText(device, parameter)) {
      value = TextNode.valueOf(text);
    } else {
      OptionalDouble number = table.number(text);
      if (number.isEmpty()) {
        problem(table, place, parameter, text, NumberText.complaint(text), NumberText.remedy(text));
        return;
      }
      value = DeviceCodec.number(number.getAsDouble());
      checkUnit(table, place, parameter, table.cell(row, "unit"));
    }
    Parameter twin =
        values.put(
            new Key(node, device, parameter), new Parameter(value, table.file(), row.number()));
    if (twin != null) {
      problem(
          table,
          place,
          parameter,
          text,
          "is given already in row " + twin.row(),
          "keep one of the rows");
    }
  }

  private boolean known(
      CsvTable table, String place, String node, String device, String parameter) {
    Set<String> devices = new TreeSet<>(CaseSchema.instance().devices().keySet());
    devices.addAll(List.of("limits", "case"));
    if (!devices.contains(device)) {
      problem(
          table,
          place,
          "device",
          device,
          "unknown device",
          "write one of: " + String.join(", ", devices));
      return false;
    }
    List<String> parameters = parameters(device);
    if (device.equals("limits") && parameter.equals(BASE_IMPEDANCE)) {
      problem(
          table,
          place,
          "parameter",
          parameter,
          "follows from the nominal voltage and basePowerKw",
          "write the nominal voltage of the feeder as " + NOMINAL_VOLTAGE + " instead");
      return false;
    }
    if (!parameters.contains(parameter)) {
      problem(
          table,
          place,
          "parameter",
          parameter,
          "unknown parameter of " + device,
          "write one of: " + String.join(", ", parameters));
      return false;
    }
    if (!node.isEmpty() && (device.equals("limits") || device.equals("case"))) {
      problem(
          table, place, "node", node, "the " + device + " is not of one node", "leave it empty");
      return false;
    }
    return true;
  }

  private void checkUnit(CsvTable table, String place, String parameter, String unit) {
    if (unit.isEmpty()) {
      return;
    }
    String suffix =
        UNITS.keySet().stream()
            .filter(parameter::endsWith)
            .max((a, b) -> Integer.compare(a.length(), b.length()))
            .orElse("");
    boolean price = parameter.endsWith("PerKwh");
    if (!suffix.isEmpty()
        && !price
        && UNITS.get(suffix).stream().noneMatch(unit::equalsIgnoreCase)) {
      problem(
          table,
          place,
          "unit",
          unit,
          "the unit of " + parameter + " is another",
          "convert the value and write " + UNITS.get(suffix).get(0));
    }
  }

  /** The parameters that a device, the limits or the case has. */
  static List<String> parameters(String device) {
    if (device.equals("case")) {
      List<String> texts = new ArrayList<>(List.of("name", "source"));
      texts.addAll(FactsCodec.FIELDS);
      return texts;
    }
    List<String> names = new ArrayList<>();
    JsonNode schema =
        device.equals("limits")
            ? CaseSchema.instance().json().at("/$defs/limits")
            : CaseSchema.instance().devices().get(device);
    for (Map.Entry<String, JsonNode> property : schema.get("properties").properties()) {
      if (property.getValue().has("$ref")) {
        names.add(property.getKey() + ".column");
        names.add(property.getKey() + ".factor");
      } else if (!property.getKey().equals("kind")) {
        names.add(property.getKey());
      }
    }
    if (names.remove(BASE_IMPEDANCE)) {
      names.add(NOMINAL_VOLTAGE);
    }
    return names;
  }

  private static boolean isText(String device, String parameter) {
    return device.equals("case") && !FactsCodec.isNumber(parameter)
        || parameter.endsWith(".column");
  }

  /** The value for a device at a node. */
  Optional<Parameter> find(int node, String device, String parameter) {
    Parameter own = values.get(new Key(Integer.toString(node), device, parameter));
    return own != null ? Optional.of(own) : find(device, parameter);
  }

  /** The value for all nodes, the limits or the case. */
  Optional<Parameter> find(String device, String parameter) {
    return Optional.ofNullable(values.get(new Key("", device, parameter)));
  }

  /** Names the rows about devices that are not there. */
  void checkTargets(Map<Integer, Set<String>> kindsByNode, String devicesFile) {
    Map<String, Set<String>> known = new HashMap<>();
    kindsByNode.forEach((node, kinds) -> known.put(Integer.toString(node), kinds));
    for (Map.Entry<Key, Parameter> entry : values.entrySet()) {
      Key key = entry.getKey();
      if (key.node().isEmpty()) {
        continue;
      }
      Parameter parameter = entry.getValue();
      if (!known.containsKey(key.node())) {
        problems.accept(
            new CaseProblem(
                parameter.file(),
                parameter.place(),
                "node",
                key.node(),
                "there is no such node in " + devicesFile,
                "write one of: "
                    + kindsByNode.keySet().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "))));
      } else if (!known.get(key.node()).contains(key.device())) {
        problems.accept(
            new CaseProblem(
                parameter.file(),
                parameter.place(),
                "device",
                key.device(),
                "node " + key.node() + " has no such device in " + devicesFile,
                "write 1 under " + key.device() + " there, or remove this row"));
      }
    }
  }

  private void problem(
      CsvTable table, String place, String field, String value, String message, String remedy) {
    problems.accept(new CaseProblem(table.file(), place, field, value, message, remedy));
  }
}
