package io.dualgrid.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.report.Reports;
import io.dualgrid.results.report.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid compare}. */
@Command(
    name = "compare",
    description = "Puts runs side by side.",
    footer = {
      "",
      "Example:",
      "  dualgrid compare results/native results/java --out results/compare.html"
    })
final class CompareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "Folders that run --out has written.")
  private List<Path> folders;

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Page to write, with charts, that opens in any browser.")
  private Path out;

  @Mixin private JsonOption json;

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (folders.size() < 2) {
      throw new ParameterException(
          spec.commandLine(), "give two folders to compare, or more; got " + folders.get(0));
    }
    List<RunFolder> runs = folders.stream().map(RunFolder::read).toList();
    if (json.asked()) {
      printJson(runs);
    } else {
      print(runs);
    }
    if (out != null) {
      Path file = out.toAbsolutePath().normalize();
      ResultFolder.open(file.getParent())
          .write(Map.of(file.getFileName().toString(), Reports.comparison(runs)));
      if (!json.asked()) {
        terminal.out().println("written: " + file);
      }
    }
    return ExitCode.OK;
  }

  private void printJson(List<RunFolder> runs) {
    ObjectNode root = JsonText.object();
    ArrayNode all = root.putArray("runs");
    for (RunFolder run : runs) {
      all.addObject().put("folder", run.folder().toString()).set("summary", run.summary());
    }
    JsonText.print(terminal, root);
  }

  private void print(List<RunFolder> runs) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "folder",
            "case",
            "privacy",
            "algorithm",
            "backends",
            "status",
            "iterations",
            "cost",
            "gap",
            "seconds",
            "s/iteration",
            "MB"));
    for (RunFolder run : runs) {
      JsonNode summary = run.summary();
      double seconds = summary.path("solveSeconds").asDouble(Double.NaN);
      rows.add(
          List.of(
              run.folder().toString(),
              summary.path("case").asText("-"),
              summary.path("privacy").asText("-"),
              summary.path("algorithm").asText("-"),
              backends(summary),
              summary.path("status").asText("-"),
              summary.path("iterations").asText("-"),
              Numbers.money(summary.path("totalCost").asDouble(Double.NaN)),
              gap(summary),
              Numbers.brief(seconds),
              Numbers.scientific(summary.path("secondsPerIteration").asDouble(Double.NaN)),
              Numbers.brief(summary.path("peakMemoryMb").asDouble(Double.NaN))));
    }
    printAligned(rows, terminal.out());
  }

  // Of a central solve there is one solver only.
  private static String backends(JsonNode summary) {
    List<String> names = new ArrayList<>();
    summary.path("backends").forEach(backend -> names.add(backend.path("name").asText()));
    return names.isEmpty() ? summary.path("solver").asText("-") : String.join("+", names);
  }

  // From the optimum where a central solve told it, else the certified one.
  private static String gap(JsonNode summary) {
    if (summary.has("objectiveGap")) {
      return Numbers.percent(summary.get("objectiveGap").doubleValue());
    }
    double certified = summary.path("certifiedGap").asDouble(Double.NaN);
    return Double.isNaN(certified) ? "-" : "<= " + Numbers.percent(certified);
  }

  static void printAligned(List<List<String>> rows, PrintWriter text) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        line.append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length() + 2));
      }
      text.println(line.toString().stripTrailing());
    }
    text.flush();
  }
}
