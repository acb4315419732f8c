package io.dualgrid.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.caseio.format.CaseFingerprint;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.format.CaseSchema;
import io.dualgrid.caseio.format.YamlText;
import io.dualgrid.device.ProfileDriver;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.files.BoundedFiles;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import io.dualgrid.problem.ReadFailure;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads study files, which docs/studies.md describes. All problems of the file are told at once,
 * each with its place, field, value and way out.
 */
public final class StudyFile {
  private static final CaseSchema SCHEMA = schema();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final String BASE = "base";

  private static final int DEFAULT_STEPS = 24;

  private static final String EXAMPLE = "formatVersion: 1, name: …, case: …";

  private final Path path;
  private final String file;
  private final List<CaseProblem> problems = new ArrayList<>();
  private GridCase gridCase;
  private int days;

  private StudyFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
    file = path.toString();
  }

  /**
   * Reads a study, its case and its profiles.
   *
   * @throws CaseException with every problem when there is one
   */
  public static Study read(Path path) {
    return new StudyFile(path).read();
  }

  private static CaseSchema schema() {
    try (InputStream in = StudyFile.class.getResourceAsStream("study-schema.json")) {
      if (in == null) {
        throw new IllegalStateException("resource study-schema.json is missing");
      }
      return CaseSchema.of(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read study-schema.json", e);
    }
  }

  private Study read() {
    byte[] bytes = bytes();
    JsonNode json = YamlText.parse(file, bytes, EXAMPLE, problems::add).orElse(null);
    orThrow();
    SCHEMA.check(json).forEach(violation -> problems.add(problem(violation)));
    orThrow();
    String named = json.get("case").textValue();
    boolean bundled = CaseLocator.bundledNames().contains(named);
    gridCase = CaseLocator.read(bundled ? named : beside(named).toString());
    days = json.at("/days/count").intValue();
    int steps = json.path("steps").asInt(DEFAULT_STEPS);
    gridCase.checkSteps(steps);
    requireNoSwitching();
    int lookAhead = lookAhead(json.get("days"), steps);
    DayProfiles profiles = profiles(json.get("days"), "days");
    List<Scenario> scenarios = scenarios(json, profiles);
    orThrow();
    StudyFingerprint fingerprint = new StudyFingerprint(bytes, CaseFingerprint.of(gridCase));
    scenarios.forEach(scenario -> fingerprint.add(scenario.profiles()));
    return new Study(
        json.get("name").textValue(),
        gridCase,
        steps,
        bundled ? Sampling.FIRST : Sampling.MEAN,
        days,
        lookAhead,
        json.at("/days/carryStorage").asBoolean(false),
        json.path("seed").longValue(),
        scenarios,
        json.at("/keep/dispatch").asBoolean(false),
        fingerprint.hex());
  }

  private byte[] bytes() {
    try {
      return BoundedFiles.read(path);
    } catch (NoSuchFileException e) {
      add("", "", "", "there is no such file", "give the YAML file of a study");
    } catch (IOException e) {
      problems.add(ReadFailure.of(file, "", e));
    }
    throw new CaseException(file, problems);
  }

  private Path beside(String name) {
    return path.resolveSibling(name).normalize();
  }

  private void orThrow() {
    if (!problems.isEmpty()) {
      throw new CaseException(file, problems);
    }
  }

  private void add(String place, String field, String value, String message, String remedy) {
    problems.add(new CaseProblem(file, place, field, value, message, remedy));
  }

  private CaseProblem problem(CaseSchema.Violation violation) {
    return new CaseProblem(
        file,
        place(violation.pointer()),
        violation.field(),
        violation.value(),
        violation.message(),
        violation.remedy());
  }

  /** A pointer such as /scenarios/0/factors/1 in words: scenario 1, factor 2. */
  private static String place(String pointer) {
    List<String> words = new ArrayList<>();
    for (String part : pointer.split("/")) {
      boolean index = !part.isEmpty() && part.chars().allMatch(Character::isDigit);
      if (index) {
        int last = words.size() - 1;
        words.set(last, singular(words.get(last)) + " " + (Integer.parseInt(part) + 1));
      } else if (!part.isEmpty()) {
        words.add(part);
      }
    }
    return String.join(", ", words);
  }

  private static String singular(String list) {
    return list.endsWith("s") ? list.substring(0, list.length() - 1) : list;
  }

  /** States of on and off have no day before yet: the first step begins anew. */
  private void requireNoSwitching() {
    if (gridCase.switchesDevices()) {
      add(
          "",
          "case",
          gridCase.name(),
          "has devices that are switched on and off (powerMinKw), whose states and least times are"
              + " not carried from day to day",
          "leave powerMinKw out, or dispatch single days with dualgrid run");
    }
  }

  private int lookAhead(JsonNode json, int steps) {
    double hours = json.path("lookAheadHours").asDouble(0);
    double exact = hours * steps / gridCase.limits().horizonHours();
    if (exact != Math.rint(exact) || exact > (double) steps * days) {
      add(
          "days",
          "lookAheadHours",
          NumberText.show(hours),
          exact != Math.rint(exact) ? "is no whole number of steps" : "is beyond all days",
          "write a multiple of "
              + NumberText.show(gridCase.limits().horizonHours() / steps)
              + ", at most the hours of all days");
    }
    if (exact > 0 && !json.path("carryStorage").asBoolean(false)) {
      add(
          "days",
          "lookAheadHours",
          NumberText.show(hours),
          "lets stores end a day elsewhere than the next one begins",
          "write carryStorage: true, or leave lookAheadHours out");
    }
    return (int) exact;
  }

  private List<Scenario> scenarios(JsonNode json, DayProfiles profiles) {
    if (!json.has("scenarios")) {
      return List.of(new Scenario(BASE, 1, List.of(), profiles, List.of()));
    }
    List<Scenario> scenarios = new ArrayList<>();
    Set<String> names = new HashSet<>();
    JsonNode entries = json.get("scenarios");
    for (int k = 0; k < entries.size(); k++) {
      Scenario scenario = scenario(entries.get(k), "scenario " + (k + 1), profiles);
      checkName(scenario.name(), names, "scenario " + (k + 1));
      checkDraws(scenario, "scenario " + (k + 1));
      scenarios.add(scenario);
    }
    if (!json.has("seed") && scenarios.stream().anyMatch(Scenario::isDrawn)) {
      add("", "seed", "", "is missing, and factors are drawn", "add it, such as seed: 2026");
    }
    return scenarios;
  }

  private void checkName(String name, Set<String> names, String place) {
    if (!NAME.matcher(name).matches()) {
      add(
          place,
          "name",
          name,
          "is no name for a folder",
          "write letters, digits, dots, hyphens and underscores, at most 100, such as dry-year");
    } else if (!names.add(name.toLowerCase(Locale.ROOT))) {
      add(place, "name", name, "is there twice", "give each scenario a name of its own");
    }
  }

  private void checkDraws(Scenario scenario, String place) {
    if (!scenario.isDrawn() && scenario.repetitions() > 1) {
      add(
          place,
          "repetitions",
          Integer.toString(scenario.repetitions()),
          "would repeat the same, as no factor is drawn",
          "leave it out, or draw a factor by mean and deviation, or from and to");
    }
  }

  private Scenario scenario(JsonNode json, String place, DayProfiles ofAll) {
    List<Factor> factors = new ArrayList<>();
    JsonNode entries = json.path("factors");
    for (int k = 0; k < entries.size(); k++) {
      factor(entries.get(k), place + ", factor " + (k + 1)).ifPresent(factors::add);
    }
    List<Outage> outages = new ArrayList<>();
    JsonNode out = json.path("outages");
    for (int k = 0; k < out.size(); k++) {
      outage(out.get(k), place + ", outage " + (k + 1)).ifPresent(outages::add);
    }
    return new Scenario(
        json.get("name").textValue(),
        json.path("repetitions").asInt(1),
        factors,
        json.has("profiles") ? profiles(json, place) : ofAll,
        outages);
  }

  private Optional<Factor> factor(JsonNode json, String place) {
    Optional<ProfileDriver> of = driver(json.get("of").textValue(), place);
    String each = json.path("each").asText("day");
    if (!each.equals("day") && !each.equals("repetition")) {
      add(place, "each", each, "is neither day nor repetition", "write one of them");
    }
    return distribution(json, place)
        .flatMap(
            distribution -> of.map(driver -> new Factor(driver, distribution, each.equals("day"))));
  }

  private Optional<ProfileDriver> driver(String name, String place) {
    for (ProfileDriver driver : ProfileDriver.values()) {
      if (driver.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(driver);
      }
    }
    String known =
        Arrays.stream(ProfileDriver.values())
            .map(driver -> driver.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    add(place, "of", name, "is no kind of profile", "write one of " + known);
    return Optional.empty();
  }

  private Optional<Distribution> distribution(JsonNode json, String place) {
    List<Set<String>> forms =
        List.of(
            Set.of("value"), Set.of("values"), Set.of("mean", "deviation"), Set.of("from", "to"));
    Set<String> given = new HashSet<>();
    json.fieldNames().forEachRemaining(given::add);
    given.removeAll(Set.of("of", "each"));
    if (!forms.contains(given)) {
      add(
          place,
          "",
          String.join(", ", given.stream().sorted().toList()),
          "does not say where the factor comes from",
          "write value, or values, or mean and deviation, or from and to, and nothing else");
      return Optional.empty();
    }
    if (given.contains("value")) {
      double[] all = new double[days];
      Arrays.fill(all, json.get("value").doubleValue());
      return Optional.of(new Distribution.Given(all));
    }
    if (given.contains("values")) {
      return values(json.get("values"), place);
    }
    if (given.contains("mean")) {
      return Optional.of(
          new Distribution.Normal(
              json.get("mean").doubleValue(), json.get("deviation").doubleValue()));
    }
    double from = json.get("from").doubleValue();
    double to = json.get("to").doubleValue();
    if (from > to) {
      add(
          place,
          "from",
          NumberText.show(from),
          "is above to = " + NumberText.show(to),
          "swap them");
    }
    return Optional.of(new Distribution.Uniform(from, to));
  }

  private Optional<Distribution> values(JsonNode json, String place) {
    double[] values = new double[json.size()];
    Arrays.setAll(values, k -> json.get(k).doubleValue());
    if (values.length == days) {
      return Optional.of(new Distribution.Given(values));
    }
    add(
        place,
        "values",
        "",
        "has " + values.length + " entries for " + days + " days",
        "write one of each day");
    return Optional.empty();
  }

  private Optional<Outage> outage(JsonNode json, String place) {
    int id = json.get("node").intValue();
    int number = json.get("device").intValue();
    int first = json.get("firstDay").intValue();
    int last = json.get("lastDay").intValue();
    Optional<GridCase.Node> node =
        gridCase.nodes().stream().filter(one -> one.id() == id).findFirst();
    int before = problems.size();
    if (node.isEmpty()) {
      add(
          place,
          "node",
          Integer.toString(id),
          "is no node of the case",
          "write one of its numbers");
    } else if (number > node.get().devices().size()) {
      add(
          place,
          "device",
          Integer.toString(number),
          "is beyond the " + node.get().devices().size() + " devices of node " + id,
          "count them in case.json, from 1");
    } else if (node.get().devices().get(number - 1) instanceof GridInterface) {
      add(
          place,
          "device",
          Integer.toString(number),
          "is the grid interface, without which a case is none",
          "set buyMaxKw and sellMaxKw to 0 in a case of its own instead");
    }
    if (first > last || last > days) {
      add(
          place,
          "lastDay",
          Integer.toString(last),
          first > last ? "is before firstDay = " + first : "is beyond the " + days + " days",
          "write firstDay and lastDay from 1 to " + days + ", in order");
    }
    return problems.size() == before
        ? Optional.of(new Outage(new DevicePlace(id, number - 1), first - 1, last - 1))
        : Optional.empty();
  }

  private DayProfiles profiles(JsonNode json, String place) {
    if (!json.has("profiles")) {
      return DayProfiles.OF_THE_CASE;
    }
    Path folder = beside(json.get("profiles").textValue());
    if (!Files.isDirectory(folder)) {
      add(
          place,
          "profiles",
          json.get("profiles").textValue(),
          "there is no such folder beside the study file",
          "give a folder with CSV files named as those of the case");
      return DayProfiles.OF_THE_CASE;
    }
    return new DayProfileReader(gridCase, days, folder, place, problems::add).read();
  }
}
