package io.dualgrid.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.results.DayTables;
import io.dualgrid.results.FileContent;
import io.dualgrid.results.report.Reports;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What all chains of a study come to: the same whatever the threads, and however often it was gone
 * on with, as there is no time in it.
 */
public final class StudySummary {
  /** Shares of the values below the quantiles that are told. */
  static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95};

  static final String CSV = "summary.csv";
  static final String JSON = "summary.json";

  private final Study study;
  private final Map<String, List<List<DayOutcome>>> chains;
  private final DayTables tables;

  private StudySummary(Study study, Map<String, List<List<DayOutcome>>> chains) {
    this.study = study;
    this.chains = chains;
    tables = new DayTables(study.gridCase(), study.steps());
  }

  /** Of the chains in a folder, all of which are done. */
  static StudySummary of(Study study, StudyFolder folder) {
    Map<String, List<List<DayOutcome>>> chains = new LinkedHashMap<>();
    for (Study.Task task : study.tasks()) {
      chains
          .computeIfAbsent(task.scenario().name(), name -> new ArrayList<>())
          .add(folder.read(task));
    }
    return new StudySummary(study, chains);
  }

  /** Days that have failed. */
  public long failedDays() {
    return days().stream().filter(DayOutcome::failed).count();
  }

  /** The reason of the first day that has failed, with its scenario and day; empty without one. */
  public String firstFailure() {
    for (Map.Entry<String, List<List<DayOutcome>>> scenario : chains.entrySet()) {
      for (List<DayOutcome> chain : scenario.getValue()) {
        for (DayOutcome day : chain) {
          if (day.failed()) {
            return "scenario "
                + scenario.getKey()
                + ", repetition "
                + (scenario.getValue().indexOf(chain) + 1)
                + ", day "
                + day.day()
                + ": "
                + day.status()
                + (day.reason().isEmpty() ? "" : ": " + day.reason());
          }
        }
      }
    }
    return "";
  }

  /** Mean cost of a chain without failed days, in currency; NaN when there is none. */
  public double meanCost() {
    return chains.values().stream()
        .flatMap(List::stream)
        .filter(chain -> chain.stream().noneMatch(DayOutcome::failed))
        .mapToDouble(chain -> chain.stream().mapToDouble(DayOutcome::cost).sum())
        .average()
        .orElse(Double.NaN);
  }

  /** What warm starts saved, on the days that were run both ways. */
  public WarmStarts warmStarts() {
    return WarmStarts.of(days());
  }

  private List<DayOutcome> days() {
    return chains.values().stream().flatMap(List::stream).flatMap(List::stream).toList();
  }

  /** The tables, the summary and the report. */
  Map<String, FileContent> files() {
    Map<String, FileContent> files = new LinkedHashMap<>();
    List<SampleTable.Row> samples = SampleTable.of(chains, study.days());
    ObjectNode json = json(samples);
    List<String> begins = tables.begins(study.days());
    files.put(CSV, new SummaryCsv(samples, tables, begins));
    files.put(JSON, out -> out.write(json.toPrettyString() + "\n"));
    files.put(Reports.NAME, Reports.study(json, bands(samples), begins));
    return files;
  }

  private ObjectNode json(List<SampleTable.Row> samples) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("study", study.name());
    json.put("case", study.gridCase().name());
    json.put("steps", study.steps());
    json.put("days", study.days());
    json.put("chains", study.chains());
    json.put("failedDays", failedDays());
    warmStarts().addTo(json.putObject("iterations"));
    ArrayNode scenarios = json.putArray("scenarios");
    chains.forEach(
        (name, ofScenario) -> {
          ObjectNode scenario = scenarios.addObject();
          scenario.put("name", name);
          scenario.put("repetitions", ofScenario.size());
          scenario.put(
              "failedDays",
              ofScenario.stream().flatMap(List::stream).filter(DayOutcome::failed).count());
          ObjectNode totals = scenario.putObject("totals");
          for (SampleTable.Row row : samples) {
            if (row.scenario().equals(name) && row.day() == 0 && row.quantiles() != null) {
              addTotals(totals.putObject(row.column().name()), row);
            }
          }
        });
    return json;
  }

  /** Quantiles of each day by scenario and figure. */
  private ObjectNode bands(List<SampleTable.Row> samples) {
    ObjectNode bands = new ObjectMapper().createObjectNode();
    for (SampleTable.Row row : samples) {
      if (row.day() == 0) {
        continue;
      }
      ObjectNode figure = bands.withObjectProperty(row.scenario());
      figure = figure.withObjectProperty(row.column().name());
      figure.put("unit", tables.unit(row.column().unit()));
      for (double share : SHARES) {
        ArrayNode values = figure.withArrayProperty(name(share));
        if (row.quantiles() == null) {
          values.addNull();
        } else {
          values.add(row.quantiles().at(share));
        }
      }
    }
    return bands;
  }

  private void addTotals(ObjectNode json, SampleTable.Row row) {
    json.put("unit", tables.unit(row.column().unit()));
    json.put("values", row.quantiles().count());
    json.put("mean", row.quantiles().mean());
    json.put("min", row.quantiles().at(0));
    for (double share : SHARES) {
      json.put(name(share), row.quantiles().at(share));
    }
    json.put("max", row.quantiles().at(1));
  }

  /** The name of a quantile, such as q05. */
  static String name(double share) {
    return String.format(Locale.ROOT, "q%02d", Math.round(100 * share));
  }
}
