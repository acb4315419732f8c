package io.dualgrid.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.Sampling;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.runtime.Step;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {
  @TempDir Path folder;

  private final GridCase gridCase = CaseLocator.read("6-bus");
  private final RunResult run =
      SampleRuns.run("6-bus", RunSettings.defaults(), RunStatus.CONVERGED, 50);

  @Test
  void summaryHoldsTheOutcomeAndTheSettings() throws IOException {
    ResultFiles.write(ResultFolder.open(folder), gridCase, run, 998.0);
    JsonNode summary = summary();
    assertThat(summary.get("case").asText()).isEqualTo("6-bus");
    assertThat(summary.get("program").asText()).startsWith("dualgrid");
    assertThat(Instant.parse(summary.get("written").asText())).isBefore(Instant.now());
    assertThat(summary.get("status").asText()).isEqualTo("converged");
    assertThat(summary.get("iterations").asInt()).isEqualTo(50);
    assertThat(summary.get("totalCost").doubleValue()).isEqualTo(run.totalCost());
    assertThat(summary.get("optimalCost").doubleValue()).isEqualTo(998.0);
    // the sample costs 1000 + 1e-5
    assertThat(summary.get("objectiveGap").doubleValue()).isCloseTo(2.00001 / 998, offset(1e-12));
    assertThat(summary.get("lowerBound").doubleValue()).isEqualTo(999.0);
    assertThat(summary.get("certifiedGap").doubleValue()).isCloseTo(1.00001 / 999, offset(1e-12));
    assertThat(summary.get("primalResidual").doubleValue()).isEqualTo(run.primalResidual());
    assertThat(summary.get("dualResidual").doubleValue()).isEqualTo(run.dualResidual());
    assertThat(summary.get("maxVoltageMismatchPu").doubleValue()).isEqualTo(1.5e-6);
    assertThat(summary.get("setupSeconds").doubleValue()).isEqualTo(0.25);
    assertThat(summary.get("secondsPerIteration").doubleValue())
        .isEqualTo(summary.get("solveSeconds").doubleValue() / 50);
    assertThat(summary.get("peakMemoryMb").doubleValue()).isPositive();
    assertThat(summary.get("privacy").asText()).isEqualTo("dual");
    assertThat(summary.get("algorithm").asText()).isEqualTo("accelerated");
    assertThat(summary.get("stopping").asText()).isEqualTo("strict");
    assertThat(summary.at("/backends/qp/name").asText()).isEqualTo("osqp");
    assertThat(summary.at("/backends/qp/version").asText()).isEqualTo("1.0.0");
    assertThat(summary.at("/settings/onBadAnswer").asText()).isEqualTo("solve-locally");
    assertThat(summary.at("/settings/maxIterations").asInt()).isEqualTo(10_000);
    assertThat(summary.at("/notices/0").asText()).isEqualTo("a notice, with a comma");
    assertThat(summary.at("/visibility/operator").asText()).isEqualTo("topology only");
  }

  @Test
  void secondsOfAStepAreThoseOfAllIterations() throws IOException {
    ResultFiles.write(ResultFolder.open(folder), gridCase, run, Double.NaN);
    // 50 additions of numbers below 1: an error of at most 50 halves of an ulp of 1
    assertThat(summary().at("/stepSeconds/solve").doubleValue())
        .isCloseTo(50 * 0.006, offset(50 * Math.ulp(1.0)));
    assertThat(summary().get("stepSeconds")).hasSize(Step.values().length);
  }

  @Test
  void networkHoldsTheFeederAndThePrices() throws IOException {
    RunResult half =
        SampleRuns.run("6-bus", RunSettings.builder().steps(48).build(), RunStatus.CONVERGED, 3);
    ResultFiles.write(ResultFolder.open(folder), gridCase, half, Double.NaN);
    JsonNode network = new ObjectMapper().readTree(folder.resolve("network.json").toFile());
    assertThat(network.get("stepHours").doubleValue()).isEqualTo(0.5);
    assertThat(network.get("root").intValue()).isZero();
    assertThat(network.get("nodes")).hasSize(7);
    assertThat(network.get("lines")).hasSize(6);
    assertThat(network.get("buyPricePerKwh")).hasSize(48);
    // the published case sells at half the price it buys at
    assertThat(network.at("/sellPricePerKwh/47").doubleValue())
        .isEqualTo(0.5 * network.at("/buyPricePerKwh/47").doubleValue());
    assertThat(network.get("voltageMinPu").doubleValue()).isEqualTo(0.95);
  }

  @Test
  void gapIsPositiveAboveTheOptimumWhateverItsSign() {
    assertThat(OptimalityGap.of(-90.0, -100.0, 1.0)).isEqualTo(0.1);
    assertThat(OptimalityGap.of(110.0, 100.0, 1.0)).isEqualTo(0.1);
    assertThat(OptimalityGap.of(110.0, Double.NaN, 1.0)).isNaN();
  }

  /** A case in a dear currency costs little of it, and has a gap all the same. */
  @Test
  void whatNextToNothingIsDependsOnTheCurrency() {
    assertThat(OptimalityGap.of(0.0011, 0.001, 1e-5)).isCloseTo(0.1, offset(1e-12));
    assertThat(OptimalityGap.of(0.0011, 0.001, 1.0)).isNaN();
    assertThat(OptimalityGap.of(11.0, 10.0, 3000.0)).isNaN();
  }

  @Test
  void figuresThatAreNotKnownAreLeftOut() throws IOException {
    RunResult early = SampleRuns.run("6-bus", RunSettings.defaults(), RunStatus.INTERRUPTED, 2);
    ResultFiles.write(ResultFolder.open(folder), gridCase, early, Double.NaN);
    JsonNode summary = summary();
    assertThat(summary.has("objectiveGap")).isFalse();
    assertThat(summary.has("certifiedGap")).isFalse();
    assertThat(summary.has("lowerBound")).isFalse();
    assertThat(summary.get("status").asText()).isEqualTo("interrupted");
    List<CSVRecord> rows = rows("iterations.csv");
    assertThat(rows.get(0).toMap()).contains(entry("lowerBound", ""));
  }

  @Test
  void tablesReadBackExactly() throws IOException {
    ResultFiles.write(ResultFolder.open(folder), gridCase, run, Double.NaN);
    List<CSVRecord> iterations = rows("iterations.csv");
    assertThat(iterations).hasSize(50);
    CSVRecord last = iterations.get(49);
    assertThat(last.get("iteration")).isEqualTo("50");
    assertThat(Double.parseDouble(last.get("primalResidual"))).isEqualTo(run.primalResidual());
    assertThat(Double.parseDouble(last.get("penalty"))).isEqualTo(0.02);
    assertThat(Double.parseDouble(last.get("cost"))).isEqualTo(run.totalCost());
    assertThat(Double.parseDouble(last.get("lowerBound"))).isEqualTo(999.0);
    assertThat(Double.parseDouble(last.get("solveSeconds"))).isEqualTo(0.006);
    assertThat(Double.parseDouble(last.get("maskSeconds"))).isZero();
    assertThat(last.get("aboveTolerance")).isEqualTo("0");

    List<CSVRecord> dispatch = rows("dispatch.csv");
    assertThat(dispatch).hasSize(4);
    assertThat(dispatch.get(1).toList()).containsExactly("3", "CHP", "P", "kW", "1", "2.0");
    assertThat(dispatch.get(3).toList()).containsExactly("0-1", "line", "V", "pu", "1", "0.99");
  }

  @Test
  void centralSolveHasNoIterations() throws IOException {
    ResultFiles.write(
        ResultFolder.open(folder),
        gridCase,
        Sampling.FIRST,
        SampleRuns.central("6-bus", true, 1000.0));
    assertThat(folder.resolve("iterations.csv")).doesNotExist();
    assertThat(summary().get("totalCost").doubleValue()).isEqualTo(1000.0);
    assertThat(rows("dispatch.csv")).hasSize(2);
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
  }

  private List<CSVRecord> rows(String name) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser =
        CSVParser.parse(Files.newBufferedReader(folder.resolve(name)), format)) {
      return new ArrayList<>(parser.getRecords());
    }
  }
}
