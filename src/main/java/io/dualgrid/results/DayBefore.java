package io.dualgrid.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.consensus.newton.RowPlace;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.RatingPolygon;
import io.dualgrid.problem.Glance;
import io.dualgrid.problem.JsonFault;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The results of another day on the same feeder, as a start. Profiles and devices may differ. */
public final class DayBefore {
  private static final int MOST_NAMED = 5;

  private final Path folder;
  private final GridCase gridCase;
  private final int steps;
  private final Map<Integer, Integer> numbers = new HashMap<>(); // of nodes by id

  private DayBefore(Path folder, GridCase gridCase, int steps) {
    this.folder = folder;
    this.gridCase = gridCase;
    this.steps = steps;
    for (int i = 0; i < gridCase.nodes().size(); i++) {
      numbers.put(gridCase.nodes().get(i).id(), i);
    }
  }

  /**
   * Reads a folder.
   *
   * @param folder that a run has written
   * @param gridCase what is to be run
   * @param steps of that run
   * @throws ResultInputException when a file is missing or not what a run writes, or when steps,
   *     nodes or lines differ; names what
   */
  public static NewtonStart read(Path folder, GridCase gridCase, int steps) {
    DayBefore day = new DayBefore(folder, gridCase, steps);
    day.requireSame(json(folder.resolve(NetworkFile.NAME)));
    return day.start(json(folder.resolve(StartFile.NAME)));
  }

  private static JsonNode json(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ResultInputException(
          "there is no " + file + "; give a folder that run --algorithm newton --out has written",
          null);
    }
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      String place = JsonFault.place(e);
      throw new ResultInputException(
          file
              + ": "
              + (place.isEmpty() ? "" : place + ": ")
              + "is not valid JSON: "
              + JsonFault.reason(e)
              + "; write it anew with run --algorithm newton --out",
          e);
    } catch (IOException e) {
      throw new ResultInputException("cannot read " + file + ": " + e, e);
    }
  }

  private void requireSame(JsonNode network) {
    List<String> differences = new ArrayList<>();
    int before = network.path("steps").asInt();
    if (before != steps) {
      differences.add(before + " steps, where this run has " + steps);
    }
    double hours = network.path("stepHours").asDouble() * before;
    if (Math.abs(hours - gridCase.limits().horizonHours()) > 1e-9 * hours) {
      differences.add(hours + " h, where this run has " + gridCase.limits().horizonHours());
    }
    Set<String> nodes = new TreeSet<>();
    network.path("nodes").forEach(node -> nodes.add(node.path("id").asText()));
    Set<String> own = new TreeSet<>();
    gridCase.nodes().forEach(node -> own.add(Integer.toString(node.id())));
    compare("nodes", nodes, own, differences);
    Set<String> lines = new TreeSet<>();
    network
        .path("lines")
        .forEach(line -> lines.add(line.path("from").asText() + "-" + line.path("to").asText()));
    Set<String> ownLines = new TreeSet<>();
    gridCase.lines().forEach(line -> ownLines.add(line.from() + "-" + line.to()));
    compare("lines", lines, ownLines, differences);
    if (!differences.isEmpty()) {
      throw new ResultInputException(
          folder
              + " is of another feeder or another number of steps: "
              + String.join("; ", differences),
          null);
    }
  }

  private static void compare(
      String what, Set<String> before, Set<String> now, List<String> differences) {
    told(what + " that this case does not have", before, now, differences);
    told("without " + what + " that this case has", now, before, differences);
  }

  private static void told(
      String what, Set<String> these, Set<String> those, List<String> differences) {
    List<String> missing = these.stream().filter(one -> !those.contains(one)).toList();
    if (!missing.isEmpty()) {
      differences.add(what + ": " + Glance.at(missing, MOST_NAMED));
    }
  }

  private NewtonStart start(JsonNode file) {
    if (!file.has("centre")) {
      throw new ResultInputException(
          folder.resolve(StartFile.NAME)
              + " holds no prices: the run was of another algorithm, or came to no point; give a"
              + " folder of run --algorithm newton",
          null);
    }
    double[] premiums = new double[2 * steps];
    read(file.path("premiumPerKwh"), premiums, 0);
    read(file.path("premiumPerKvarh"), premiums, steps);
    List<NewtonStart.LimitPrice> limits = new ArrayList<>();
    Set<RowPlace> seen = new HashSet<>();
    for (JsonNode limit : file.path("limits")) {
      RowPlace place = place(limit);
      if (!seen.add(place)) {
        throw broken(limit + " is there twice");
      }
      limits.add(new NewtonStart.LimitPrice(place, number(limit.path("price"))));
    }
    double centre = number(file.path("centre"));
    if (!(centre > 0)) {
      throw broken("centre = " + centre + " is not positive");
    }
    return new NewtonStart(centre, premiums, limits);
  }

  private void read(JsonNode values, double[] into, int offset) {
    if (values.size() != steps) {
      throw broken(values.size() + " prices for " + steps + " steps");
    }
    for (int t = 0; t < steps; t++) {
      into[offset + t] = number(values.get(t));
    }
  }

  private double number(JsonNode value) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw broken(value.isMissingNode() ? "a number is missing" : value + " is not a number");
    }
    return value.doubleValue();
  }

  private RowPlace place(JsonNode limit) {
    RowPlace.Kind kind;
    try {
      kind = RowPlace.Kind.valueOf(limit.path("limit").asText().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw broken(limit + " is no limit");
    }
    int id = limit.path("node").asInt(Integer.MIN_VALUE);
    int step = limit.path("step").asInt(-1);
    int row = limit.path("row").asInt(-1);
    boolean rating = kind == RowPlace.Kind.RATING;
    if (!numbers.containsKey(id)
        || id == gridCase.tree().root()
        || step < 0
        || step >= steps
        || row < 0
        || row >= (rating ? RatingPolygon.ROWS : 1)) {
      throw broken(limit + " is no limit of this case");
    }
    Line line = gridCase.tree().parentLine(id);
    if (rating && !line.isRated()) {
      throw new ResultInputException(
          folder
              + " is of another feeder: line "
              + line.from()
              + "-"
              + line.to()
              + " has a rating there and none in this case",
          null);
    }
    return new RowPlace(kind, numbers.get(id), step, row);
  }

  private ResultInputException broken(String what) {
    return new ResultInputException(
        folder.resolve(StartFile.NAME) + ": " + what + "; write it anew with run --out", null);
  }
}
