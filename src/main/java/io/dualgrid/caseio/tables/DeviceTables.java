package io.dualgrid.caseio.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.caseio.AssumedPrices;
import io.dualgrid.caseio.Notices;
import io.dualgrid.caseio.check.CaseValidator;
import io.dualgrid.caseio.check.NetworkCheck;
import io.dualgrid.caseio.check.NominalVoltage;
import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.caseio.format.CaseSchema;
import io.dualgrid.caseio.format.CaseWriter;
import io.dualgrid.caseio.format.CsvTable;
import io.dualgrid.caseio.format.FactsCodec;
import io.dualgrid.caseio.format.ProfileLoader;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceDefault;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceKinds;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import io.dualgrid.site.CaseFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Devices and limits from tables: which node has which device (0 or 1), parameters where they are
 * not the default, and profiles with one column per node. Every default that is used is noticed.
 */
public final class DeviceTables {
  /** Other spellings of columns, in lower case. */
  private static final Map<String, String> ALIASES = aliases();

  /** Two figures of one voltage, one of them perhaps rounded to whole percents. */
  private static final double SAME_VOLTAGE = 0.005;

  /** A third of a second, less than any step. */
  private static final double SAME_HOURS = 1e-4;

  /** Limits that follow from the tables and are no defaults. */
  private static final Set<String> UNTOLD = Set.of("profileRows", "baseImpedanceOhm");

  private final TableFolder tables;
  private final Notices notices;
  private final List<CaseProblem> errors;
  private final ParameterTable parameters;
  private final ProfileLoader loader;
  private final Map<Integer, String> names = new LinkedHashMap<>();
  private final Map<Integer, Set<String>> kinds = new LinkedHashMap<>();
  private String devicesFile = TableFolder.DEVICES.get(0);
  private final int profileRows;
  private final Optional<TimeColumn.Span> time;
  private int loadedRows;

  /**
   * Reads the parameters and how many rows the profiles have.
   *
   * @param further files with a row for each step, beside the profiles of devices
   */
  public DeviceTables(
      TableFolder tables, Notices notices, List<CaseProblem> errors, List<String> further)
      throws IOException {
    this.tables = tables;
    this.notices = notices;
    this.errors = errors;
    Optional<String> file = tables.find(TableFolder.PARAMETERS);
    parameters =
        new ParameterTable(
            file.isPresent() ? tables.read(file.get()) : Optional.empty(), errors::add);
    if (file.isEmpty()) {
      notices.add(TableFolder.PARAMETERS.get(0), "not there: defaults throughout");
    }
    loader =
        new ProfileLoader(
            tables.files(),
            CsvTable.Dialect.SPREADSHEET,
            "the other profiles have",
            "",
            errors::add);
    profileRows =
        parameters
            .find("limits", "profileRows")
            .map(p -> p.value().intValue())
            .orElseGet(() -> loader.commonRows(rowFiles(further)));
    time = time(rowFiles(further));
  }

  /** What the columns of times tell, which all must tell the same. */
  private Optional<TimeColumn.Span> time(List<String> files) {
    TimeColumn.Span first = null;
    for (String file : files) {
      Optional<TimeColumn.Span> own =
          loader.peek(file).flatMap(table -> TimeColumn.read(table, errors::add));
      if (first == null) {
        first = own.orElse(null);
      } else if (own.isPresent() && !own.get().agrees(first)) {
        error(
            file,
            "",
            "column " + own.get().column(),
            own.get().first(),
            "has " + own.get().text() + ", but " + first.file() + " has " + first.text(),
            "make the times of all tables the same");
      }
    }
    return Optional.ofNullable(first);
  }

  private List<String> rowFiles(List<String> further) {
    List<String> files = new ArrayList<>(tables.profileFiles());
    for (String name : further) {
      tables.find(List.of(name)).ifPresent(files::add);
    }
    return files;
  }

  private static Map<String, String> aliases() {
    Map<String, String> aliases = new LinkedHashMap<>(Map.of("desid", "node"));
    for (DeviceKind kind : DeviceKinds.all()) {
      kind.spellings().forEach(spelling -> aliases.put(spelling, kind.name()));
    }
    return aliases;
  }

  /** Reads which devices are where; the nodes are then known. */
  public void readDevices() throws IOException {
    Optional<CsvTable> table = tables.require(TableFolder.DEVICES);
    if (table.isPresent()) {
      devicesFile = table.get().file();
      readDevices(table.get());
      parameters.checkTargets(kinds, devicesFile);
    }
  }

  private void readDevices(CsvTable table) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    Set<String> known = new LinkedHashSet<>(List.of("node", "name", "comment"));
    known.addAll(CaseSchema.instance().devices().keySet());
    for (int k = 0; k < table.header().size(); k++) {
      String written = table.header().get(k);
      String column = ALIASES.getOrDefault(written.toLowerCase(java.util.Locale.ROOT), written);
      if (!known.contains(column)) {
        error(
            "header",
            "column",
            written,
            "unknown column",
            "write one of: " + String.join(", ", known));
      } else if (columns.put(column, k) != null) {
        error("header", "column", written, "the column is there twice", "remove one of them");
      }
    }
    if (!columns.containsKey("node")) {
      error("header", "column", "node", "there is no such column", "write the node's number there");
      return;
    }
    Optional<CaseProblem> tooMany = NetworkCheck.tooMany(table.file(), "rows", table.rows().size());
    if (tooMany.isPresent()) {
      errors.add(tooMany.get());
      return;
    }
    for (CsvTable.Row row : table.rows()) {
      if (row.cells().stream().anyMatch(cell -> !cell.isEmpty())) {
        readRow(row, columns);
      }
    }
  }

  private void readRow(CsvTable.Row row, Map<String, Integer> columns) {
    String place = "row " + row.number();
    String id = row.cells().get(columns.get("node"));
    if (!id.matches("\\d{1,9}")) {
      error(place, "node", id, "must be a whole number, not negative", "write the node's number");
      return;
    }
    int node = Integer.parseInt(id);
    if (kinds.containsKey(node)) {
      error(place, "node", id, "the node is there twice", "remove one of the rows");
      return;
    }
    Set<String> ticked = new LinkedHashSet<>();
    for (Map.Entry<String, Integer> column : columns.entrySet()) {
      String cell = row.cells().get(column.getValue());
      if (!CaseSchema.instance().devices().containsKey(column.getKey())) {
        continue;
      }
      if (cell.matches("1([.,]0*)?")) {
        ticked.add(column.getKey());
      } else if (!cell.matches("(0([.,]0*)?)?")) {
        error(
            place,
            "column " + column.getKey(),
            cell,
            "must be 0 or 1",
            "write 1 where the node has the device; sizes go into parameters.csv");
      }
    }
    kinds.put(node, ticked);
    String name = columns.containsKey("name") ? row.cells().get(columns.get("name")) : "";
    names.put(node, name.isEmpty() ? "DES " + node : name);
  }

  public Set<Integer> nodes() {
    return kinds.keySet();
  }

  public String name(int node) {
    return names.getOrDefault(node, "DES " + node);
  }

  public String devicesFile() {
    return devicesFile;
  }

  /** The nodes with a grid interface. */
  public List<Integer> interfaces() {
    return kinds.keySet().stream().filter(node -> kinds.get(node).contains("GI")).toList();
  }

  /** Puts the grid interface where no table has it. */
  public void addInterface(int node, String why) {
    if (kinds.get(node) != null && kinds.get(node).add("GI")) {
      notices.add("node " + node, why);
    }
  }

  /** Leaves out nodes that are told as a problem elsewhere. */
  public void remove(Set<Integer> nodes) {
    kinds.keySet().removeAll(nodes);
  }

  /** The devices of every node; broken ones are told and left out. */
  public Map<Integer, List<DeviceSpec>> devices() {
    return devices(profileRows);
  }

  /**
   * The devices of every node; broken ones are told and left out.
   *
   * @param rows that the profiles must have
   */
  public Map<Integer, List<DeviceSpec>> devices(int rows) {
    loadedRows = rows;
    Map<Integer, List<DeviceSpec>> devices = new LinkedHashMap<>();
    for (Map.Entry<Integer, Set<String>> entry : kinds.entrySet()) {
      List<DeviceSpec> own = new ArrayList<>();
      for (String kind : entry.getValue()) {
        device(entry.getKey(), kind).ifPresent(own::add);
      }
      devices.put(entry.getKey(), own);
    }
    return devices;
  }

  /** What is doubtful of the rows of profiles, whatever else of the tables is wrong. */
  List<CaseProblem> rowWarnings() {
    List<CaseProblem> warnings = new ArrayList<>();
    if (profileRows > 0) {
      double hours =
          parameters
              .find("limits", "horizonHours")
              .map(given -> given.value().doubleValue())
              .or(() -> time.map(TimeColumn.Span::horizonHours))
              .orElse(NetworkLimits.PUBLISHED.horizonHours());
      new CaseValidator(TableFolder.PARAMETERS.get(0), errors::add, warnings::add)
          .checkRows(profileRows, hours);
    }
    return warnings;
  }

  /** The rows that the profiles must have; 0 when there are none. */
  public int profileRows() {
    return profileRows;
  }

  /**
   * A device of another file with the numbers that the parameters give for its kind.
   *
   * @return empty when they do not fit; told as problems
   */
  public Optional<DeviceSpec> withParameters(int node, DeviceSpec device) {
    ObjectNode json = DeviceCodec.write(device);
    Map<String, Profile> profiles = DeviceCodec.profiles(device);
    JsonNode properties = CaseSchema.instance().devices().get(device.kind()).get("properties");
    int before = errors.size();
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String field = property.getKey();
      Optional<ParameterTable.Parameter> given =
          property.getValue().has("$ref")
              ? Optional.empty()
              : parameters.find(node, device.kind(), field);
      if (given.isPresent()) {
        json.set(field, given.get().value());
        notices.add(
            device.kind() + " at node " + node, field + " as " + given.get().file() + " has it");
      }
      for (String part : List.of(".column", ".factor")) {
        parameters
            .find(node, device.kind(), field + part)
            .ifPresent(
                unused ->
                    error(
                        unused.file(),
                        unused.place(),
                        field + part,
                        unused.value().asText(),
                        "there is no such profile: the prices come from another file",
                        "tick " + device.kind() + " at node " + node + " in " + devicesFile));
      }
    }
    for (CaseSchema.Violation violation : CaseSchema.instance().check("device", json)) {
      error(
          TableFolder.PARAMETERS.get(0),
          device.kind(),
          violation.field(),
          violation.value(),
          violation.message(),
          violation.remedy());
    }
    if (errors.size() > before) {
      return Optional.empty();
    }
    DeviceSpec changed =
        DeviceCodec.read(
            json,
            reference ->
                profiles.values().stream()
                    .filter(profile -> isReference(profile, reference))
                    .findFirst()
                    .orElseThrow());
    new CaseValidator(TableFolder.PARAMETERS.get(0), errors::add, problem -> {})
        .checkDevice(device.kind(), changed, NetworkLimits.PUBLISHED.horizonHours());
    return errors.size() > before ? Optional.empty() : Optional.of(changed);
  }

  private static boolean isReference(Profile profile, JsonNode json) {
    return profile.file().equals(json.get("file").textValue())
        && profile.column().equals(json.get("column").textValue())
        && profile.factor() == json.get("factor").doubleValue();
  }

  private Optional<DeviceSpec> device(int node, String kind) {
    int before = errors.size();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", kind);
    Map<String, ParameterTable.Parameter> given = new LinkedHashMap<>();
    JsonNode properties = CaseSchema.instance().devices().get(kind).get("properties");
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String field = property.getKey();
      if (!property.getValue().has("$ref")) {
        parameters
            .find(node, kind, field)
            .ifPresent(
                parameter -> {
                  json.set(field, parameter.value());
                  given.put(field, parameter);
                });
      } else {
        profile(node, kind, field, given).ifPresent(profile -> json.set(field, profile));
      }
    }
    if (errors.size() > before) {
      return Optional.empty();
    }
    // sizes first, as others follow from them
    for (int pass = 0; pass < 2; pass++) {
      for (String field : (Iterable<String>) properties::fieldNames) {
        if (!json.has(field)) {
          DeviceKinds.of(kind)
              .defaultOf(field, json)
              .ifPresent(standard -> take(standard, field, json, kind, node));
        }
      }
    }
    for (CaseSchema.Violation violation : CaseSchema.instance().check("device", json)) {
      String inside = violation.pointer().isEmpty() ? "" : violation.pointer().substring(1) + ".";
      String field = inside + violation.field();
      ParameterTable.Parameter source = given.get(field);
      CaseProblem problem =
          new CaseProblem(
              devicesFile,
              "node " + node + ", " + kind,
              field,
              violation.value(),
              violation.message(),
              violation.value().isEmpty()
                  ? "write a row ," + kind + "," + field + ",… into parameters.csv"
                  : violation.remedy());
      errors.add(source == null ? problem : placed(problem, Map.of(field, source)));
    }
    return errors.size() > before ? Optional.empty() : build(node, kind, json);
  }

  private void take(DeviceDefault standard, String field, ObjectNode json, String kind, int node) {
    json.set(field, DeviceCodec.number(standard.value()));
    notices.assume(kind, node, field);
    notices.add(
        kind + " at node " + node,
        field + " " + NumberText.show(standard.value()) + standard.reason() + " by default");
  }

  private Optional<DeviceSpec> build(int node, String kind, ObjectNode json) {
    String place = "node " + node + ", " + kind;
    int before = errors.size();
    for (JsonNode field : json) {
      if (field.isObject()) {
        loader.load(field, loadedRows, place);
      }
    }
    if (errors.size() > before) {
      return Optional.empty();
    }
    for (JsonNode field : json) {
      // the same column may be broken for a device before this one, and is told once only
      if (field.isObject() && loader.load(field, loadedRows, place).isEmpty()) {
        return Optional.empty();
      }
    }
    DeviceSpec device =
        DeviceCodec.read(json, field -> loader.load(field, loadedRows, place).orElseThrow());
    new CaseValidator(devicesFile, errors::add, problem -> {})
        .checkDevice(place, device, NetworkLimits.PUBLISHED.horizonHours());
    return errors.size() > before ? Optional.empty() : Optional.of(device);
  }

  /** The reference to a profile: a column that is called like the node, or as parameters say. */
  private Optional<ObjectNode> profile(
      int node, String kind, String field, Map<String, ParameterTable.Parameter> given) {
    List<String> files = DeviceKinds.of(kind).profileFiles();
    Optional<String> file = tables.find(files);
    if (file.isEmpty()) {
      error(
          files.get(0),
          "node " + node + ", " + kind,
          "",
          "",
          "there is no such file in " + tables.files().label(),
          "write it with a column for every node with " + kind + ", or tick the device off");
      return Optional.empty();
    }
    Optional<ParameterTable.Parameter> column = parameters.find(node, kind, field + ".column");
    Optional<ParameterTable.Parameter> factor = parameters.find(node, kind, field + ".factor");
    column.ifPresent(parameter -> given.put(field + ".column", parameter));
    factor.ifPresent(parameter -> given.put(field + ".factor", parameter));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("file", file.get());
    if (kind.equals("GI")) {
      return price(node, field, json, column, factor);
    }
    json.put("column", column.map(p -> p.value().textValue()).orElse(Integer.toString(node)));
    json.set("factor", factor.map(ParameterTable.Parameter::value).orElse(DeviceCodec.number(1)));
    return Optional.of(json);
  }

  private Optional<ObjectNode> price(
      int node,
      String field,
      ObjectNode json,
      Optional<ParameterTable.Parameter> column,
      Optional<ParameterTable.Parameter> factor) {
    String file = json.get("file").textValue();
    List<String> header = loader.header(file);
    String name = column.map(p -> p.value().textValue()).orElse(field);
    double standardFactor = 1;
    if (column.isEmpty() && !header.contains(name)) {
      boolean sell = field.equals("sellPricePerKwh");
      name = header.contains("buyPricePerKwh") && sell ? "buyPricePerKwh" : "price";
      standardFactor = sell && header.contains(name) ? AssumedPrices.SELL_PART : 1;
      if (header.contains(name)) {
        if (standardFactor != 1 && factor.isEmpty()) {
          notices.assume("GI", node, field);
        }
        notices.add(
            file,
            field
                + " is column "
                + name
                + (standardFactor == 1 ? "" : " times " + NumberText.show(standardFactor))
                + " by default");
      } else {
        name = field;
      }
    }
    json.put("column", name);
    json.set(
        "factor",
        factor.map(ParameterTable.Parameter::value).orElse(DeviceCodec.number(standardFactor)));
    return Optional.of(json);
  }

  /**
   * The limits.
   *
   * @param standard what holds where the tables say nothing
   * @param stated the fields that are no defaults as another file states them
   * @param nominalKv the nominal voltage as another file states it; empty where the tables must
   */
  public Optional<NetworkLimits> limits(
      NetworkLimits standard, Set<String> stated, OptionalDouble nominalKv) {
    Optional<NetworkLimits> limits = limits(standard, stated);
    if (limits.isEmpty()) {
      return limits;
    }
    int before = errors.size();
    OptionalDouble ownKv = nominalKv(nominalKv);
    NetworkLimits found =
        ownKv.isPresent() ? limits.get().atNominalVoltage(ownKv.getAsDouble()) : limits.get();
    new CaseValidator(
            TableFolder.PARAMETERS.get(0), problem -> errors.add(placed(problem)), problem -> {})
        .checkLimits(found);
    return errors.size() > before ? Optional.empty() : Optional.of(found);
  }

  /** A problem of the limits at the row that states the field, where one does. */
  private CaseProblem placed(CaseProblem problem) {
    return parameters
        .find("limits", problem.field())
        .map(row -> placed(problem, Map.of(problem.field(), row)))
        .orElse(problem);
  }

  /** The nominal voltage; told as a problem where nobody states one, or two differ. */
  private OptionalDouble nominalKv(OptionalDouble stated) {
    Optional<ParameterTable.Parameter> own =
        parameters.find("limits", ParameterTable.NOMINAL_VOLTAGE);
    if (own.isEmpty()) {
      if (stated.isEmpty()) {
        error(
            TableFolder.PARAMETERS.get(0),
            "limits",
            ParameterTable.NOMINAL_VOLTAGE,
            "",
            "is missing: without the nominal voltage, ohm say nothing of voltage drops",
            "write the voltage between lines in kV, in a row"
                + " ,limits,nominalVoltageKv,10,kV, of parameters.csv");
      }
      return stated;
    }
    double kv = own.get().value().doubleValue();
    Optional<String> complaint = NominalVoltage.complaint(kv);
    boolean differs = stated.isPresent() && Math.abs(kv / stated.getAsDouble() - 1) > SAME_VOLTAGE;
    if (complaint.isPresent() || differs) {
      error(
          own.get().file(),
          own.get().place(),
          ParameterTable.NOMINAL_VOLTAGE,
          NumberText.show(kv),
          differs
              ? "is not that of the feeder, " + NumberText.show(stated.getAsDouble()) + " kV"
              : complaint.get(),
          differs ? "remove the row" : "write the voltage between lines in kV");
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(kv);
  }

  private void tellTime(TimeColumn.Span span) {
    notices.add(
        "limits",
        "horizonHours "
            + NumberText.show(span.horizonHours())
            + " by column "
            + span.column()
            + " of "
            + span.file()
            + ": "
            + span.text());
  }

  /** A horizon in the parameters that the times of the profiles contradict. */
  private void checkHorizon(Map<String, ParameterTable.Parameter> given) {
    ParameterTable.Parameter hours = given.get("horizonHours");
    if (hours == null || time.isEmpty()) {
      return;
    }
    if (Math.abs(hours.value().doubleValue() - time.get().horizonHours()) > SAME_HOURS) {
      error(
          hours.file(),
          hours.place(),
          "horizonHours",
          NumberText.show(hours.value().doubleValue()),
          "is not that of column "
              + time.get().column()
              + " of "
              + time.get().file()
              + ", "
              + NumberText.show(time.get().horizonHours())
              + " h: "
              + time.get().text(),
          "remove the row, or correct the times");
    }
  }

  private Optional<NetworkLimits> limits(NetworkLimits standard, Set<String> stated) {
    ObjectNode json = CaseWriter.limits(standard);
    Map<String, ParameterTable.Parameter> given = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      Optional<ParameterTable.Parameter> parameter = parameters.find("limits", field.getKey());
      if (parameter.isPresent()) {
        json.set(field.getKey(), parameter.get().value());
        given.put(field.getKey(), parameter.get());
      } else if (field.getKey().equals("horizonHours") && time.isPresent()) {
        json.set(field.getKey(), DeviceCodec.number(time.get().horizonHours()));
        tellTime(time.get());
      } else if (!UNTOLD.contains(field.getKey()) && !stated.contains(field.getKey())) {
        notices.assumeLimit(field.getKey());
        notices.add("limits", field.getKey() + " " + field.getValue() + " by default");
      }
    }
    if (!given.containsKey("profileRows") && profileRows > 0) {
      json.put("profileRows", profileRows);
    }
    int before = errors.size();
    checkHorizon(given);
    CaseSchema.instance()
        .check("limits", json)
        .forEach(violation -> tell(violation, "limits", given));
    if (errors.size() > before) {
      return Optional.empty();
    }
    return Optional.of(CaseReader.limits(json));
  }

  /** Name or source of the case. */
  public String caseText(String parameter, String standard) {
    Optional<ParameterTable.Parameter> given = parameters.find("case", parameter);
    if (given.isEmpty()) {
      notices.add("case", parameter + " \"" + standard + "\" by default");
    }
    return given.map(p -> p.value().textValue()).orElse(standard);
  }

  /** What the case states for readers of results; its start may follow from columns of times. */
  public CaseFacts facts() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Map<String, ParameterTable.Parameter> given = new LinkedHashMap<>();
    for (String field : FactsCodec.FIELDS) {
      parameters
          .find("case", field)
          .ifPresent(
              parameter -> {
                json.set(field, parameter.value());
                given.put(field, parameter);
              });
    }
    CaseSchema.instance().check(json).stream()
        .filter(violation -> given.containsKey(violation.field()))
        .forEach(violation -> tell(violation, "case", given));
    time.ifPresent(span -> putStart(json, span));
    return FactsCodec.read(
        json, TableFolder.PARAMETERS.get(0), problem -> errors.add(placed(problem, given)));
  }

  private void putStart(ObjectNode json, TimeColumn.Span span) {
    if (json.has(FactsCodec.START) || span.day().isEmpty()) {
      return;
    }
    if (span.changesClock() && !json.has(FactsCodec.TIME_ZONE)) {
      notices.add(
          "case",
          "no start, as clocks change within the times: results have them with a row"
              + " ,case,timeZone,Europe/Berlin or another zone in parameters.csv");
    } else {
      json.put(FactsCodec.START, span.day());
    }
  }

  private void tell(
      CaseSchema.Violation violation, String place, Map<String, ParameterTable.Parameter> given) {
    CaseProblem problem =
        new CaseProblem(
            TableFolder.PARAMETERS.get(0),
            place,
            violation.field(),
            violation.value(),
            violation.message(),
            violation.remedy());
    errors.add(placed(problem, given));
  }

  private static CaseProblem placed(
      CaseProblem problem, Map<String, ParameterTable.Parameter> given) {
    ParameterTable.Parameter row = given.get(problem.field());
    return row == null
        ? problem
        : new CaseProblem(
            row.file(),
            row.place(),
            problem.field(),
            problem.value(),
            problem.message(),
            problem.remedy());
  }

  /** Heat that a node cannot serve. */
  public void checkHeat(Map<Integer, List<DeviceSpec>> devices, NetworkLimits limits) {
    CaseValidator validator = new CaseValidator(devicesFile, errors::add, problem -> {});
    devices.forEach((node, own) -> validator.checkHeat("node " + node, own, limits));
  }

  private void error(String place, String field, String value, String message, String remedy) {
    error(devicesFile, place, field, value, message, remedy);
  }

  private void error(
      String file, String place, String field, String value, String message, String remedy) {
    errors.add(new CaseProblem(file, place, field, value, message, remedy));
  }
}
