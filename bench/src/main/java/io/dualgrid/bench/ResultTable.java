package io.dualgrid.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Results of JMH as a table: each benchmark with its settings, mean and 99.9 % interval, how often
 * the native backend fits into the time of the Java one, and the least work with the rate at which
 * it was done.
 */
final class ResultTable {
  private static final List<String> HEADINGS =
      List.of("step", "settings", "ms", "± ms", "Java / native", "least work", "rate");

  private final JsonNode results;
  private final LeastWork leastWork;

  ResultTable(JsonNode results, LeastWork leastWork) {
    this.results = results;
    this.leastWork = leastWork;
  }

  String print(boolean markdown) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    for (JsonNode result : results) {
      rows.add(row(result));
    }
    return markdown ? markdown(rows) : plain(rows);
  }

  private List<String> row(JsonNode result) {
    String name = result.get("benchmark").asText();
    String step = name.substring(name.lastIndexOf('.') + 1);
    Map<String, String> settings = settings(result);
    JsonNode metric = result.get("primaryMetric");
    double score = metric.get("score").asDouble();
    double error = metric.get("scoreError").asDouble(); // NaN where there was one measurement only
    LeastWork.Amount least = leastWork.find(step, settings.values());
    return List.of(
        step,
        String.join(", ", settings.values()),
        number(score),
        Double.isFinite(error) ? number(error) : "-",
        ratio(result, settings, score),
        least == null ? "" : scaled(least.value()) + least.unit(),
        least == null
            ? ""
            : scaled(least.value() / (score * 1e-3)) + least.unit().split(" ")[0] + "/s");
  }

  private static Map<String, String> settings(JsonNode result) {
    Map<String, String> settings = new TreeMap<>();
    if (result.has("params")) {
      result
          .get("params")
          .fields()
          .forEachRemaining(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
    }
    return settings;
  }

  /** Time of the Java twin over that of a native result. */
  private String ratio(JsonNode result, Map<String, String> settings, double score) {
    for (String parameter : settings.keySet()) {
      Map<String, String> twin = new TreeMap<>(settings);
      twin.put(parameter, "java");
      if (twin.equals(settings)) {
        return "";
      }
      for (JsonNode other : results) {
        if (other.get("benchmark").equals(result.get("benchmark"))
            && settings(other).equals(twin)) {
          double java = other.get("primaryMetric").get("score").asDouble();
          return String.format(Locale.ROOT, "%.2f", java / score);
        }
      }
    }
    return "";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : value < 1000 ? "%.1f" : "%.0f", value);
  }

  private static String scaled(double value) {
    String[] prefixes = {" ", " k", " M", " G", " T"};
    int thousands = 0;
    while (value >= 999.5 && thousands < prefixes.length - 1) {
      value /= 1000;
      thousands++;
    }
    return String.format(Locale.ROOT, "%.3g", value) + prefixes[thousands];
  }

  private static String markdown(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
      if (i == 0) {
        text.append("|---|---|---:|---:|---:|---:|---:|\n");
      }
    }
    return text.toString();
  }

  private static String plain(List<List<String>> rows) {
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        line.append(String.format("%" + (c < 2 ? "-" : "") + widths[c] + "s  ", row.get(c)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
