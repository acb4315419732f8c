package io.dualgrid.caseio.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dualgrid.caseio.ImportReport;
import io.dualgrid.caseio.Notices;
import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.caseio.check.CaseValidator;
import io.dualgrid.caseio.check.LineDirection;
import io.dualgrid.caseio.check.NetworkCheck;
import io.dualgrid.caseio.format.CaseFiles;
import io.dualgrid.caseio.format.CaseSchema;
import io.dualgrid.caseio.format.CaseWriter;
import io.dualgrid.caseio.format.CsvTable;
import io.dualgrid.caseio.format.JsonText;
import io.dualgrid.caseio.format.ProfileLoader;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceKinds;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.PublishedNames;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.files.AtomicFolder;
import io.dualgrid.files.BoundedFiles;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.ReadFailure;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Imports a case in the layout of the published study: network_config.json (or .csv), one
 * des{node}_config.json per node, and CSV profiles, all in one folder.
 *
 * <p>What the files leave open is written out as the published program has it: {@link
 * NetworkLimits#PUBLISHED}, power factors of 0.9 for PV and WP and 0.8 otherwise, and for stores a
 * power limit of E_max/3 and a start level of 0.3·E_max, whatever P_max, H_max and E_init say.
 */
public final class PublishedImporter {
  private static final String NETWORK_JSON = "network_config.json";
  private static final String NETWORK_CSV = "network_config.csv";
  private static final Pattern DES_FILE = Pattern.compile("des(\\d{1,9})_config\\.json");
  private static final Set<String> DES_KEYS = Set.of("name", "id", "devices");
  private static final double STORE_HOURS = 3.0;
  private static final double STORE_START_SHARE = 0.3;

  private final Path source;
  private final Options options;
  private final List<CaseProblem> errors = new ArrayList<>();
  private final Notices notices = new Notices();
  private final Set<String> usedFiles = new LinkedHashSet<>();
  private final ProfileLoader loader;
  private int profileRows;

  /**
   * How to import.
   *
   * @param sourceText where the figures come from; empty for a text that names the folder
   * @param replace whether a target folder with content may be replaced
   * @param allowUnknownKeys whether unknown keys are noticed and left out, instead of refused
   */
  public record Options(String sourceText, boolean replace, boolean allowUnknownKeys) {
    /** Replaces nothing and refuses unknown keys. */
    public static final Options STRICT = new Options("", false, false);
  }

  private PublishedImporter(Path source, Options options) {
    this.source = source;
    this.options = options;
    loader =
        new ProfileLoader(
            CaseFiles.folder(source),
            CsvTable.Dialect.STRICT,
            "the other profiles have",
            "",
            errors::add);
  }

  /**
   * Imports a case with {@link Options#STRICT}.
   *
   * @see #importCase(Path, Path, String, Options)
   */
  public static ImportReport importCase(Path source, Path target, String name) throws IOException {
    return importCase(source, target, name, Options.STRICT);
  }

  /**
   * Imports a case.
   *
   * @param source folder in the published layout
   * @param target folder of the case to make
   * @param name of the case
   * @return the case with a list of everything that was repaired, assumed or left out
   * @throws CaseException with every problem; the target is then as it was
   * @throws IOException when the disk does not take it; the target is then as it was
   */
  public static ImportReport importCase(Path source, Path target, String name, Options options)
      throws IOException {
    PublishedImporter importer = new PublishedImporter(source, options);
    AtomicFolder.requireApart(source, target);
    Optional<GridCase> gridCase = importer.readOrTell(name);
    if (gridCase.isEmpty() || !importer.errors.isEmpty()) {
      throw new CaseException(source.toString(), importer.errors);
    }
    CaseCheck written =
        CaseWriter.write(gridCase.get(), source.toString(), target, options.replace());
    return new ImportReport(written.orThrow(), importer.notices.list(), written.warnings());
  }

  /** What cannot be read is a problem of the source, not of the disk that the case goes to. */
  private Optional<GridCase> readOrTell(String name) {
    try {
      return read(name);
    } catch (IOException e) {
      errors.add(ReadFailure.within(source, e));
      return Optional.empty();
    }
  }

  private Optional<GridCase> read(String name) throws IOException {
    if (!Files.isDirectory(source)) {
      error(
          source.toString(),
          "",
          "",
          "",
          "there is no such folder",
          "give the folder that holds " + NETWORK_JSON + " and the des files");
      return Optional.empty();
    }
    List<Integer> ids = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    String networkFile = network(ids, lines);
    if (networkFile == null) {
      return Optional.empty();
    }
    Map<Integer, String> desFiles = desFiles(ids, networkFile);
    profileRows = loader.commonRows(profileFiles());
    List<Node> nodes = new ArrayList<>();
    for (int id : new LinkedHashSet<>(ids)) {
      nodes.add(node(id, desFiles.get(id)));
    }
    List<Integer> interfaces = new ArrayList<>();
    for (Node node : nodes) {
      GridInterface.among(node.devices()).forEach(device -> interfaces.add(node.id()));
    }
    List<Line> directed = directAwayFrom(interfaces, lines, networkFile);
    boolean interfacesKnown = errors.isEmpty() || !interfaces.isEmpty();
    if (interfacesKnown) {
      new NetworkCheck(networkFile, ids, directed, errors::add).run(interfaces);
    }
    leftovers(ids.size());
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    notices.add(
        "limits",
        "horizon 24 h, bases 1000 kW and 100 ohm, voltages 0.95 to 1.05 (root 1) p.u., exchange"
            + " limit 100000 kW and network charge 0.244343 per kWh, which the published program"
            + " has in its code, are written out");
    NetworkLimits published = NetworkLimits.PUBLISHED;
    NetworkLimits limits =
        new NetworkLimits(
            published.horizonHours(),
            profileRows,
            published.basePowerKw(),
            published.baseImpedanceOhm(),
            published.voltageMinPu(),
            published.voltageMaxPu(),
            published.rootVoltagePu(),
            published.exchangeMaxKw(),
            published.networkChargePerKwh());
    checkHeat(nodes, desFiles, limits);
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    String sourceText =
        options.sourceText().isBlank()
            ? "imported from the published layout, folder "
                + source.toAbsolutePath().normalize().getFileName()
            : options.sourceText();
    FeederTree tree = new FeederTree(ids, directed);
    return Optional.of(new GridCase(name, sourceText, limits, nodes, directed, tree));
  }

  private String network(List<Integer> ids, List<Line> lines) throws IOException {
    boolean json = Files.isRegularFile(source.resolve(NETWORK_JSON));
    boolean csv = Files.isRegularFile(source.resolve(NETWORK_CSV));
    if (!json && !csv) {
      error(
          NETWORK_JSON,
          "",
          "",
          "",
          "there is neither this file nor " + NETWORK_CSV + " in " + source,
          "give the folder that holds the configuration, not the one above it");
      return null;
    }
    if (!json) {
      notices.add(NETWORK_CSV, "read in place of " + NETWORK_JSON + ", which is not there");
      List<Line> table = networkTable(errors);
      lines.addAll(table);
      Set<Integer> ends = new LinkedHashSet<>();
      table.forEach(line -> ends.addAll(List.of(line.from(), line.to())));
      ids.addAll(ends);
      return errors.isEmpty() ? NETWORK_CSV : null;
    }
    boolean sound = networkJson(ids, lines);
    if (sound && csv) {
      List<CaseProblem> tableProblems = new ArrayList<>();
      List<Line> table = networkTable(tableProblems);
      if (!tableProblems.isEmpty()) {
        notices.add(NETWORK_CSV, "not used, and has problems: " + tableProblems.get(0));
      } else if (!Set.copyOf(table).equals(Set.copyOf(lines))) {
        Set<Line> only = new LinkedHashSet<>(table);
        lines.forEach(only::remove);
        notices.add(
            NETWORK_CSV,
            "differs from "
                + NETWORK_JSON
                + ", which counts"
                + (only.isEmpty() ? "" : "; first difference: " + only.iterator().next()));
      } else {
        notices.add(NETWORK_CSV, "agrees with " + NETWORK_JSON);
      }
    }
    return sound ? NETWORK_JSON : null;
  }

  private List<Line> networkTable(List<CaseProblem> problems) throws IOException {
    Optional<CsvTable> table =
        CsvTable.parse(NETWORK_CSV, bytes(NETWORK_CSV), CsvTable.Dialect.STRICT, problems::add);
    List<Line> lines = new ArrayList<>();
    if (table.isEmpty()) {
      return lines;
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String column : List.of("u", "v", "R", "X")) {
      table
          .get()
          .numbers(column, "", problems::add)
          .ifPresent(values -> columns.put(column, values));
    }
    if (!problems.isEmpty()) {
      return lines;
    }
    for (int k = 0; k < columns.get("u").length; k++) {
      String place = "row " + (k + 2);
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      line.set("from", DeviceCodec.number(columns.get("u")[k]));
      line.set("to", DeviceCodec.number(columns.get("v")[k]));
      line.set("resistanceOhm", DeviceCodec.number(columns.get("R")[k]));
      line.set("reactanceOhm", DeviceCodec.number(columns.get("X")[k]));
      Map<String, String> names =
          Map.of("from", "u", "to", "v", "resistanceOhm", "R", "reactanceOhm", "X");
      line(NETWORK_CSV, place, line, names, problems).ifPresent(lines::add);
    }
    return lines;
  }

  /** One line from its fields in our names, checked by the schema. */
  private static Optional<Line> line(
      String file,
      String place,
      ObjectNode line,
      Map<String, String> publishedNames,
      List<CaseProblem> problems) {
    List<CaseSchema.Violation> violations = CaseSchema.instance().check("line", line);
    for (CaseSchema.Violation violation : violations) {
      problems.add(
          new CaseProblem(
              file,
              place,
              publishedNames.getOrDefault(violation.field(), violation.field()),
              violation.value(),
              violation.message(),
              violation.remedy()));
    }
    return violations.isEmpty()
        ? Optional.of(
            new Line(
                line.get("from").intValue(),
                line.get("to").intValue(),
                line.get("resistanceOhm").doubleValue(),
                line.get("reactanceOhm").doubleValue()))
        : Optional.empty();
  }

  private boolean networkJson(List<Integer> ids, List<Line> lines) throws IOException {
    int before = errors.size();
    Optional<JsonNode> parsed = JsonText.parse(NETWORK_JSON, bytes(NETWORK_JSON), errors::add);
    if (parsed.isEmpty()) {
      return false;
    }
    JsonNode json = parsed.get();
    String linkKey = json.has("links") ? "links" : "edges";
    Set<String> known = Set.of("directed", "multigraph", "graph", "nodes", linkKey);
    unknownKeys(NETWORK_JSON, "", json, known);
    for (String key : List.of("nodes", linkKey)) {
      if (!json.path(key).isArray()) {
        error(
            NETWORK_JSON,
            "",
            key.equals("edges") ? "links" : key,
            json.path(key).toString(),
            "must be a list [ … ]",
            "write the network in the node-link form of networkx");
      }
    }
    if (errors.size() > before) {
      return false;
    }
    for (JsonNode node : json.get("nodes")) {
      String place = "entry " + (ids.size() + 1) + " of nodes";
      JsonNode id = node.path("id");
      if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0) {
        error(
            NETWORK_JSON,
            place,
            "id",
            id.toString(),
            id.isMissingNode() ? "is missing" : "must be a whole number, not negative",
            "write the number of the node, as in des{number}_config.json");
        continue;
      }
      ids.add(id.intValue());
      unknownKeys(NETWORK_JSON, "node " + id, node, Set.of("id", "height", "length"));
      if (node.has("height") || node.has("length")) {
        notices.add(
            NETWORK_JSON,
            "height and length of the nodes are not read: depth follows from the lines");
      }
    }
    int index = 0;
    for (JsonNode link : json.get(linkKey)) {
      index++;
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      Map<String, String> names =
          Map.of("from", "source", "to", "target", "resistanceOhm", "R", "reactanceOhm", "X");
      names.forEach(
          (ours, theirs) -> {
            if (link.has(theirs)) {
              line.set(ours, link.get(theirs));
            }
          });
      String place =
          "link "
              + index
              + " ("
              + link.path("source").asText("?")
              + " -> "
              + link.path("target").asText("?")
              + ")";
      unknownKeys(NETWORK_JSON, place, link, Set.of("source", "target", "R", "X", "key", "weight"));
      line(NETWORK_JSON, place, line, names, errors).ifPresent(lines::add);
    }
    return errors.size() == before;
  }

  private Map<Integer, String> desFiles(List<Integer> ids, String networkFile) throws IOException {
    Map<Integer, String> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(source)) {
      for (String name : entries.map(path -> path.getFileName().toString()).sorted().toList()) {
        Matcher matcher = DES_FILE.matcher(name);
        if (!matcher.matches()) {
          continue;
        }
        int id = Integer.parseInt(matcher.group(1));
        String twin = files.put(id, name);
        if (twin != null) {
          error(name, "", "", "", "is about the same node as " + twin, "keep one of them");
        }
        if (!ids.contains(id)) {
          error(
              name,
              "node " + id,
              "",
              "",
              "there is no such node in " + networkFile,
              "add the node and its line there, or remove this file");
        }
      }
    }
    if (files.isEmpty()) {
      error(
          "des{node}_config.json",
          "",
          "",
          "",
          "there is no such file in " + source,
          "give the folder that holds the configuration of the energy systems");
    }
    return files;
  }

  private Node node(int id, String file) throws IOException {
    String defaultName = "DES " + id;
    if (file == null) {
      notices.add("node " + id, "no des file: the node only passes power on");
      return new Node(id, defaultName, List.of());
    }
    Optional<JsonNode> parsed = JsonText.parse(file, bytes(file), errors::add);
    if (parsed.isEmpty()) {
      return new Node(id, defaultName, List.of());
    }
    JsonNode json = parsed.get();
    if (!json.isObject()) {
      error(file, "", "", "", "must be an object { … }", "write name, id and devices");
      return new Node(id, defaultName, List.of());
    }
    unknownKeys(file, "", json, DES_KEYS);
    if (json.has("id") && !json.get("id").asText().equals(Integer.toString(id))) {
      notices.add(file, "the id inside is wrong; the number in the name of the file counts");
    }
    String name = json.path("name").asText("");
    List<DeviceSpec> devices = new ArrayList<>();
    JsonNode section = json.path("devices");
    if (!section.isObject()) {
      error(
          file,
          "node " + id,
          "devices",
          section.toString(),
          section.isMissingNode() ? "is missing" : "must be an object { … }",
          "write {} for a node that only passes power on");
    } else if (section.isEmpty()) {
      notices.add(file, "no devices: the node only passes power on");
    } else {
      for (Map.Entry<String, JsonNode> entry : section.properties()) {
        JsonNode value = entry.getValue();
        // the published layout has one device of a kind; a list of them is understood as well
        Iterable<JsonNode> entries = value.isArray() ? value : List.of(value);
        for (JsonNode device : entries) {
          device(id, file, entry.getKey(), device).ifPresent(devices::add);
        }
      }
    }
    boolean named = !name.isBlank() && !name.equals("des");
    return new Node(id, named ? name : defaultName, devices);
  }

  private Optional<DeviceSpec> device(int node, String file, String kind, JsonNode json) {
    String place = "node " + node + ", " + kind;
    PublishedNames published = DeviceKinds.find(kind).flatMap(DeviceKind::published).orElse(null);
    if (published == null) {
      error(
          file,
          "node " + node,
          "devices",
          kind,
          "unknown kind of device",
          "write one of: "
              + DeviceKinds.all().stream()
                  .filter(known -> known.published().isPresent())
                  .map(DeviceKind::name)
                  .collect(Collectors.joining(", ")));
      return Optional.empty();
    }
    if (!json.isObject()) {
      error(file, place, "", json.toString(), "must be an object { … }", "write its parameters");
      return Optional.empty();
    }
    int before = errors.size();
    deviceKeys(file, place, published, json);
    ObjectNode ours = JsonNodeFactory.instance.objectNode();
    ours.put("kind", kind);
    published
        .numbers()
        .forEach(
            (theirs, field) -> {
              if (json.has(theirs) && !isIdle(theirs, json.get(theirs))) {
                ours.set(field, json.get(theirs));
              }
            });
    if (published.powerFactorMin() > 0) {
      ours.put("powerFactorMin", published.powerFactorMin());
      notices.add(
          kind,
          "powerFactorMin "
              + published.powerFactorMin()
              + ", which is in the code of the"
              + " published program, is written out");
    }
    if (!published.replaced().isEmpty()) {
      storeDefaults(file, kind, published, json, ours);
    }
    published
        .profiles()
        .forEach(
            (theirs, field) -> {
              JsonNode reference = theirs.isEmpty() ? json : json.get(theirs);
              if (reference != null) {
                ours.set(field, reference(file, place, theirs, reference));
              }
            });
    for (CaseSchema.Violation violation : CaseSchema.instance().check("device", ours)) {
      String inside = violation.pointer().isEmpty() ? "" : violation.pointer().substring(1) + ".";
      String field = published.publishedName(inside + violation.field());
      error(file, place, field, violation.value(), violation.message(), violation.remedy());
    }
    if (errors.size() > before) {
      return Optional.empty();
    }
    return build(file, place, published, ours);
  }

  private Optional<DeviceSpec> build(
      String file, String place, PublishedNames published, ObjectNode ours) {
    for (JsonNode field : ours) {
      if (field.isObject()) {
        String where = file + ", " + place;
        Optional<Profile> profile = loader.load(field, profileRows, where);
        usedFiles.add(field.get("file").textValue());
        if (profile.isEmpty()) {
          return Optional.empty();
        }
      }
    }
    DeviceSpec device =
        DeviceCodec.read(ours, field -> loader.load(field, profileRows, place).orElseThrow());
    int before = errors.size();
    new CaseValidator(file, problem -> errors.add(renamed(problem, published)), problem -> {})
        .checkDevice(place, device, NetworkLimits.PUBLISHED.horizonHours());
    return errors.size() == before ? Optional.of(device) : Optional.empty();
  }

  private static CaseProblem renamed(CaseProblem problem, PublishedNames published) {
    return new CaseProblem(
        problem.file(),
        problem.place(),
        published.publishedName(problem.field()),
        problem.value(),
        problem.message(),
        problem.remedy());
  }

  private void deviceKeys(String file, String place, PublishedNames published, JsonNode json) {
    Set<String> known = new LinkedHashSet<>(PublishedNames.ON_OFF_KEYS.keySet());
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      if (published.knows(entry.getKey())) {
        known.add(entry.getKey());
      }
    }
    unknownKeys(file, place, json, known);
    for (String key : PublishedNames.ON_OFF_KEYS.keySet()) {
      if (!json.has(key)) {
        continue;
      }
      if (isIdle(key, json.get(key))) {
        notices.add(file, key + " 0 has no effect");
      } else if (!published.knows(key)) {
        error(
            file,
            place,
            key,
            json.get(key).toString(),
            "such a device is not switched on and off here",
            "write 0 if it may stand anywhere between zero and its largest power");
      }
    }
  }

  /** Whether a key of on/off operation asks for nothing. */
  private static boolean isIdle(String key, JsonNode value) {
    return PublishedNames.ON_OFF_KEYS.containsKey(key)
        && value.isNumber()
        && value.doubleValue() == 0;
  }

  /** The limits of a store, which the published program takes from E_max alone. */
  private void storeDefaults(
      String file, String kind, PublishedNames published, JsonNode json, ObjectNode ours) {
    Map.Entry<String, String> power = published.replaced().entrySet().iterator().next();
    String theirPower = power.getKey();
    String ourPower = power.getValue();
    if (!json.path("E_max").isNumber()) {
      // told as missing or no number by the schema; these fields are not the user's
      ours.put(ourPower, 0);
      ours.put("energyStartKwh", 0);
      return;
    }
    double energyMaxKwh = json.get("E_max").doubleValue();
    double powerMaxKw = energyMaxKwh / STORE_HOURS;
    double energyStartKwh = energyMaxKwh * STORE_START_SHARE;
    ours.set(ourPower, DeviceCodec.number(powerMaxKw));
    ours.set("energyStartKwh", DeviceCodec.number(energyStartKwh));
    notices.add(
        file,
        String.format(
            java.util.Locale.ROOT,
            "%s: %s %s replaced by E_max/3 = %.1f kW and E_init %s by 0.3*E_max = %.1f kWh, as the"
                + " published program does",
            kind,
            theirPower,
            json.path(theirPower).asText("(missing)"),
            powerMaxKw,
            json.path("E_init").asText("(missing)"),
            energyStartKwh));
    notices.add(
        kind,
        "stored energy carries the step length, which the published program leaves out: the same"
            + " at 24 steps, different at any other number");
  }

  private ObjectNode reference(String file, String place, String prefix, JsonNode json) {
    ObjectNode ours = JsonNodeFactory.instance.objectNode();
    if (!prefix.isEmpty() && json.isObject()) {
      unknownKeys(
          file, place + ", " + prefix, json, new LinkedHashSet<>(PublishedNames.PROFILE_KEYS));
    }
    JsonNode path = json.path("path");
    if (path.isTextual()) {
      String text = path.textValue();
      String name = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
      ours.put("file", name);
      if (!name.equals(text)) {
        notices.add(
            file, "the paths of profiles are resolved by file name beside the configuration");
      }
    } else if (json.has("path")) {
      ours.set("file", path);
    }
    JsonNode column = json.path("index_col");
    if (column.isIntegralNumber()) {
      ours.set("column", TextNode.valueOf(column.asText()));
    } else if (json.has("index_col")) {
      ours.set("column", column);
    }
    if (json.has("magnification factor")) {
      JsonNode factor = json.get("magnification factor");
      ours.set("factor", factor);
      if (factor.isNumber() && factor.doubleValue() == 0) {
        notices.add(
            file,
            place.substring(place.lastIndexOf(' ') + 1)
                + ": the magnification factor 0 makes it zero throughout");
      }
    }
    return ours;
  }

  private void unknownKeys(String file, String place, JsonNode json, Set<String> known) {
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      if (known.contains(entry.getKey())) {
        continue;
      }
      if (options.allowUnknownKeys()) {
        notices.add(file, "unknown key \"" + entry.getKey() + "\" is left out");
      } else {
        error(
            file,
            place,
            entry.getKey(),
            entry.getValue().toString(),
            "unknown key",
            "remove it, or leave such keys out on import (--allow-unknown-keys)");
      }
    }
  }

  /** Turns lines that point towards the grid interface, as an undirected network may have them. */
  private List<Line> directAwayFrom(List<Integer> interfaces, List<Line> lines, String file) {
    if (Set.copyOf(interfaces).size() != 1) {
      return lines;
    }
    return LineDirection.awayFrom(
        interfaces.get(0),
        lines,
        k ->
            notices.add(
                file,
                "line "
                    + lines.get(k).from()
                    + " -> "
                    + lines.get(k).to()
                    + " pointed towards the root, and was turned"));
  }

  private void checkHeat(List<Node> nodes, Map<Integer, String> desFiles, NetworkLimits limits) {
    for (Node node : nodes) {
      String file = desFiles.getOrDefault(node.id(), NETWORK_JSON);
      new CaseValidator(file, errors::add, problem -> {})
          .checkHeat("node " + node.id(), node.devices(), limits);
    }
  }

  private List<String> profileFiles() throws IOException {
    try (Stream<Path> entries = Files.list(source)) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".csv") && !name.endsWith("_config.csv"))
          .sorted()
          .toList();
    }
  }

  /** Names the files that nothing refers to. */
  private void leftovers(int nodeCount) throws IOException {
    try (Stream<Path> entries = Files.list(source)) {
      for (String name : entries.map(path -> path.getFileName().toString()).sorted().toList()) {
        if (name.equals("des_config.json")) {
          notices.add(name, "a template, not a node; not read");
        } else if (name.equals("des_config.csv")) {
          notices.add(name, deviceTable(nodeCount));
        } else if (!usedFiles.contains(name)
            && !name.equals(NETWORK_JSON)
            && !name.equals(NETWORK_CSV)
            && !DES_FILE.matcher(name).matches()) {
          notices.add(name, "not used by any device; left out");
        }
      }
    }
  }

  private String deviceTable(int nodeCount) throws IOException {
    List<CaseProblem> problems = new ArrayList<>();
    Optional<CsvTable> table =
        CsvTable.parse(
            "des_config.csv", bytes("des_config.csv"), CsvTable.Dialect.STRICT, problems::add);
    int rows = table.map(sound -> sound.rows().size()).orElse(0);
    return "the table the des files were made from; not read, the des files count"
        + (rows == nodeCount
            ? ""
            : " (it lists " + rows + " systems, the network has " + nodeCount + " nodes)");
  }

  private void error(
      String file, String place, String field, String value, String message, String remedy) {
    errors.add(new CaseProblem(file, place, field, value, message, remedy));
  }

  private byte[] bytes(String file) throws IOException {
    Path path = source.resolve(file);
    try {
      return BoundedFiles.readWithin(source, file);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // that of a folder in its place does not name it
      throw new FileSystemException(path.toString(), null, e.getMessage());
    }
  }
}
