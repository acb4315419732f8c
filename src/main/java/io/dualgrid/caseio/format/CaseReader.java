package io.dualgrid.caseio.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.caseio.check.CaseValidator;
import io.dualgrid.caseio.check.FeasibilityCheck;
import io.dualgrid.caseio.check.NetworkCheck;
import io.dualgrid.caseio.check.UnitCheck;
import io.dualgrid.caseio.check.WarningGroups;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Sampling;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.PlainText;
import io.dualgrid.problem.ReadFailure;
import io.dualgrid.site.CaseFacts;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and checks cases: a folder with {@value #CASE_FILE} and CSV profiles, described in
 * docs/case-format.md. All problems are found at once, each with its file, place, field, value and
 * way out.
 */
public final class CaseReader {
  /** Name of the file that describes the case. */
  public static final String CASE_FILE = "case.json";

  private static final int LONGEST_NAME = 1000;

  private static final String OBJECT_REMEDY =
      "write { \"formatVersion\": 1, \"name\": …, \"source\": …, \"limits\": {…}, \"nodes\": […],"
          + " \"lines\": […] }";

  private final CaseFiles files;
  private final boolean part;
  private final List<CaseProblem> errors = new ArrayList<>();
  private final List<CaseProblem> warnings = new ArrayList<>();

  private CaseReader(CaseFiles files, boolean part) {
    this.files = files;
    this.part = part;
  }

  /**
   * Reads a case.
   *
   * @param folder with case.json
   * @throws CaseException with every problem when there is one
   */
  public static GridCase read(Path folder) {
    return check(folder).orThrow();
  }

  /**
   * Reads a case that travels inside the program.
   *
   * @param name such as 6-bus
   * @throws CaseException when there is no such case
   */
  public static GridCase bundled(String name) {
    return CaseLocator.checkBundled(name).orThrow();
  }

  /**
   * Reads and checks a case.
   *
   * @param folder with case.json
   * @return the case or its errors, and warnings
   */
  public static CaseCheck check(Path folder) {
    CaseFiles files = CaseFiles.folder(folder);
    if (Files.isRegularFile(folder)) {
      return failed(files, "is a file, not a folder", "give the folder that holds case.json");
    }
    if (!Files.isDirectory(folder)) {
      return failed(files, "there is no such folder", "give the folder that holds case.json");
    }
    return check(files);
  }

  static CaseCheck check(CaseFiles files) {
    return new CaseReader(files, false).check();
  }

  /**
   * Reads what one site has of a case, see {@link CaseWriter#writePart}: it need not hold a grid
   * interface, and whether a dispatch is possible cannot be seen from it.
   *
   * @param folder with case.json
   * @throws CaseException with every problem when there is one
   */
  public static GridCase readPart(Path folder) {
    return checkPart(folder).orThrow();
  }

  static CaseCheck checkPart(Path folder) {
    return new CaseReader(CaseFiles.folder(folder), true).check();
  }

  private static CaseCheck failed(CaseFiles files, String message, String remedy) {
    CaseProblem problem = new CaseProblem(files.label(), "", "", "", message, remedy);
    return new CaseCheck(files.label(), Optional.empty(), List.of(problem), List.of());
  }

  private CaseCheck check() {
    Optional<GridCase> gridCase = json().flatMap(this::build);
    if (errors.isEmpty() && gridCase.isEmpty()) {
      throw new IllegalStateException(files.label() + ": no case and no error");
    }
    return new CaseCheck(
        files.label(),
        errors.isEmpty() ? gridCase : Optional.empty(),
        errors,
        WarningGroups.of(warnings));
  }

  private Optional<JsonNode> json() {
    try {
      return JsonText.parse(CASE_FILE, files.read(CASE_FILE), errors::add);
    } catch (NoSuchFileException | FileNotFoundException e) {
      errors.add(
          new CaseProblem(
              CASE_FILE,
              "",
              "",
              "",
              "there is no such file in " + files.label(),
              "give a case folder; make one with: dualgrid import, build or new"));
    } catch (IOException e) {
      errors.add(ReadFailure.of(CASE_FILE, "", e));
    }
    return Optional.empty();
  }

  private Optional<GridCase> build(JsonNode json) {
    if (!json.isObject()) {
      errors.add(
          new CaseProblem(
              CASE_FILE, "", "", json.toString(), "must be an object { … }", OBJECT_REMEDY));
      return Optional.empty();
    }
    for (String list : List.of("nodes", "lines")) {
      NetworkCheck.tooMany(CASE_FILE, list, json.path(list).size()).ifPresent(errors::add);
    }
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    Set<String> broken = new HashSet<>();
    List<CaseSchema.Violation> violations = CaseSchema.instance().check(json);
    for (CaseSchema.Violation violation : violations) {
      addWithOuter(
          violation.field().isEmpty()
              ? violation.pointer()
              : violation.pointer() + "/" + violation.field(),
          broken);
      errors.add(problem(json, violation));
    }
    if (violations.size() >= CaseSchema.MOST_TOLD) {
      return Optional.empty(); // what else is broken is not known
    }
    checkNames(json);
    CaseValidator validator = new CaseValidator(CASE_FILE, errors::add, warnings::add);
    NetworkLimits limits = null;
    if (json.has("limits") && !broken.contains("/limits")) {
      limits = limits(json.get("limits"));
      validator.checkLimits(limits);
    }
    CaseFacts facts = FactsCodec.read(json, CASE_FILE, errors::add);
    if (!broken.contains("/" + AssumedCodec.FIELD)) {
      facts = facts.withAssumed(AssumedCodec.read(json, errors::add));
    }
    List<Integer> interfaces = new ArrayList<>();
    List<Node> nodes = nodes(json, broken, limits, validator, interfaces);
    List<Line> lines = network(json, broken, validator, interfaces);
    if (!errors.isEmpty()) {
      return Optional.empty();
    }
    FeederTree tree = new FeederTree(nodes.stream().map(Node::id).toList(), lines);
    GridCase gridCase =
        new GridCase(
            json.get("name").textValue(),
            json.get("source").textValue(),
            limits,
            nodes,
            lines,
            tree,
            facts);
    if (part) {
      return Optional.of(gridCase);
    }
    Horizon rows = Horizon.of(limits, limits.profileRows(), Sampling.FIRST);
    new UnitCheck(CASE_FILE, gridCase, warnings::add).run();
    warnings.addAll(FeasibilityCheck.run(CASE_FILE, gridCase, rows));
    return Optional.of(gridCase);
  }

  /** Names are shown on terminals and in reports. */
  private void checkNames(JsonNode json) {
    checkName("", "name", json.path("name"));
    checkName("", "source", json.path("source"));
    checkName("", "currency", json.path("currency"));
    JsonNode nodes = list(json.path("nodes"));
    for (int n = 0; n < nodes.size(); n++) {
      checkName(nodePlace(json, n), "name", nodes.get(n).path("name"));
    }
  }

  private void checkName(String place, String field, JsonNode name) {
    if (name.isTextual() && name.textValue().length() > LONGEST_NAME) {
      errors.add(
          new CaseProblem(
              CASE_FILE,
              place,
              field,
              name.textValue(),
              "has " + name.textValue().length() + " characters",
              "write " + LONGEST_NAME + " at most"));
    } else if (name.isTextual() && !PlainText.isPlain(name.textValue())) {
      errors.add(
          new CaseProblem(
              CASE_FILE,
              place,
              field,
              name.textValue(),
              "has a control character",
              "write letters, digits and signs only, in one line"));
    }
  }

  private List<Node> nodes(
      JsonNode json,
      Set<String> broken,
      NetworkLimits limits,
      CaseValidator validator,
      List<Integer> interfaces) {
    ProfileLoader loader =
        new ProfileLoader(
            files,
            CsvTable.Dialect.STRICT,
            "limits.profileRows is",
            ", or correct limits.profileRows",
            errors::add);
    List<Node> nodes = new ArrayList<>();
    JsonNode entries = list(json.path("nodes"));
    for (int n = 0; n < entries.size(); n++) {
      JsonNode node = entries.get(n);
      JsonNode deviceEntries = list(node.path("devices"));
      String nodePlace = nodePlace(json, n);
      List<DeviceSpec> devices = new ArrayList<>();
      boolean allSound = true;
      for (int d = 0; d < deviceEntries.size(); d++) {
        JsonNode device = deviceEntries.get(d);
        if ("GI".equals(device.path("kind").textValue()) && node.path("id").canConvertToInt()) {
          interfaces.add(node.get("id").intValue());
        }
        Optional<DeviceSpec> spec = Optional.empty();
        if (!broken.contains("/nodes/" + n + "/devices/" + d)) {
          String place = CaseProblem.devicePlace(nodePlace, d, device.get("kind").textValue());
          spec = device(device, limits, loader, place);
          double horizonHours = limits == null ? 24 : limits.horizonHours();
          spec.ifPresent(sound -> validator.checkDevice(place, sound, horizonHours));
        }
        spec.ifPresent(devices::add);
        allSound &= spec.isPresent();
      }
      if (allSound && limits != null && !broken.contains("/nodes/" + n)) {
        validator.checkHeat(nodePlace, devices, limits);
        nodes.add(new Node(node.get("id").intValue(), node.get("name").textValue(), devices));
      }
    }
    return nodes;
  }

  /** Empty when a profile cannot be loaded, or may not fit as the limits are unknown. */
  private static Optional<DeviceSpec> device(
      JsonNode json, NetworkLimits limits, ProfileLoader loader, String place) {
    int rows = limits == null ? 0 : limits.profileRows();
    boolean complete = true;
    for (JsonNode field : json) {
      if (field.isObject()) {
        complete &= loader.load(field, rows, place).isPresent();
      }
    }
    return complete && limits != null
        ? Optional.of(
            DeviceCodec.read(json, field -> loader.load(field, rows, place).orElseThrow()))
        : Optional.empty();
  }

  private List<Line> network(
      JsonNode json, Set<String> broken, CaseValidator validator, List<Integer> interfaces) {
    List<Integer> ids = new ArrayList<>();
    boolean complete = json.path("nodes").isArray() && json.path("lines").isArray();
    JsonNode nodeEntries = list(json.path("nodes"));
    for (int n = 0; n < nodeEntries.size(); n++) {
      if (broken.contains("/nodes/" + n + "/id") || !nodeEntries.get(n).isObject()) {
        complete = false;
      } else {
        ids.add(nodeEntries.get(n).get("id").intValue());
      }
    }
    List<Line> lines = new ArrayList<>();
    JsonNode lineEntries = list(json.path("lines"));
    for (int k = 0; k < lineEntries.size(); k++) {
      JsonNode line = lineEntries.get(k);
      if (!line.path("from").canConvertToInt() || !line.path("to").canConvertToInt()) {
        complete = false;
        continue;
      }
      Line end =
          new Line(
              line.get("from").intValue(),
              line.get("to").intValue(),
              line.path("resistanceOhm").asDouble(),
              line.path("reactanceOhm").asDouble(),
              line.path("ratio").asDouble(1.0),
              line.path("ratingKva").asDouble(Double.POSITIVE_INFINITY));
      lines.add(end);
      if (!broken.contains("/lines/" + k)) {
        validator.checkLine(NetworkCheck.place(k, end), end);
      }
    }
    // an entry that cannot be read would make its neighbours look like islands
    if (complete) {
      new NetworkCheck(CASE_FILE, ids, lines, errors::add).run(part ? top(ids, lines) : interfaces);
    }
    return lines;
  }

  /** The nodes that no line leads to. */
  private static List<Integer> top(List<Integer> ids, List<Line> lines) {
    Set<Integer> top = new LinkedHashSet<>(ids);
    lines.forEach(line -> top.remove(line.to()));
    return List.copyOf(top);
  }

  public static NetworkLimits limits(JsonNode json) {
    return new NetworkLimits(
        json.get("horizonHours").doubleValue(),
        json.get("profileRows").intValue(),
        json.get("basePowerKw").doubleValue(),
        json.get("baseImpedanceOhm").doubleValue(),
        json.get("voltageMinPu").doubleValue(),
        json.get("voltageMaxPu").doubleValue(),
        json.get("rootVoltagePu").doubleValue(),
        json.get("exchangeMaxKw").doubleValue(),
        json.get("networkChargePerKwh").doubleValue());
  }

  private static JsonNode list(JsonNode json) {
    return json.isArray() ? json : MissingNode.getInstance();
  }

  /** A pointer and those of all that it is within, as far as no breach has them already. */
  private static void addWithOuter(String pointer, Set<String> broken) {
    String outer = pointer;
    while (broken.add(outer) && !outer.isEmpty()) {
      outer = outer.substring(0, outer.lastIndexOf('/'));
    }
  }

  private static CaseProblem problem(JsonNode json, CaseSchema.Violation violation) {
    String[] steps = violation.pointer().split("/");
    String place = "";
    String field = violation.field();
    if (steps.length >= 3 && steps[1].equals("nodes")) {
      place = nodePlace(json, Integer.parseInt(steps[2]));
      if (steps.length >= 5) {
        int index = Integer.parseInt(steps[4]);
        String kind = json.at("/nodes/" + steps[2] + "/devices/" + steps[4] + "/kind").asText("?");
        place = CaseProblem.devicePlace(place, index, kind.isEmpty() ? "?" : kind);
      }
      if (steps.length >= 6) {
        field = field.isEmpty() ? steps[5] : steps[5] + "." + field;
      }
    } else if (steps.length >= 3 && steps[1].equals("lines")) {
      int index = Integer.parseInt(steps[2]);
      JsonNode line = json.at("/lines/" + index);
      place =
          "line "
              + (index + 1)
              + " ("
              + line.path("from").asText("?")
              + " -> "
              + line.path("to").asText("?")
              + ")";
    } else if (steps.length >= 3 && steps[1].equals(AssumedCodec.FIELD)) {
      place = AssumedCodec.place(Integer.parseInt(steps[2]));
      field = steps.length >= 4 ? steps[3] : field;
    } else if (steps.length >= 2) {
      place = steps[1];
    }
    return new CaseProblem(
        CASE_FILE, place, field, violation.value(), violation.message(), violation.remedy());
  }

  private static String nodePlace(JsonNode json, int index) {
    JsonNode id = json.path("nodes").path(index).path("id");
    return id.isIntegralNumber() ? "node " + id.asText() : "entry " + (index + 1) + " of nodes";
  }
}
