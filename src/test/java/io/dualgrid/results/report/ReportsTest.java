package io.dualgrid.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.device.Sampling;
import io.dualgrid.results.FileContent;
import io.dualgrid.results.PeakMemory;
import io.dualgrid.results.ResultFiles;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.ResultInputException;
import io.dualgrid.results.RunFigures;
import io.dualgrid.results.SampleRuns;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.DispatchFlow;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OneRound
class ReportsTest {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  @TempDir Path folder;

  private final GridCase gridCase = CaseLocator.read("6-bus");

  @BeforeEach
  void writeRun() {
    write(folder, 50);
  }

  @Test
  void pageNeedsNothingFromOutside() throws IOException {
    String page = page();
    assertThat(page)
        .doesNotContain("<link")
        .doesNotContainPattern("<[^>]+ (src|href)=")
        .doesNotContain("url(http")
        .doesNotContain("{{")
        .contains("default-src 'none'")
        .contains("The MIT License")
        .startsWith("<!doctype html>");
  }

  @Test
  void pageHoldsWhatTheFilesHold() throws IOException {
    JsonNode data = data(page());
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
    assertThat(data.get("summary")).isEqualTo(summary);
    assertThat(data.at("/network/nodes")).hasSize(7);
    assertThat(data.at("/iterations/iteration")).hasSize(50);
    // six digits are kept for charts, nine for costs
    assertThat(data.at("/iterations/primalResidual/0").doubleValue()).isEqualTo(0.794328);
    assertThat(data.at("/iterations/cost/0").doubleValue()).isEqualTo(1000.79433);
    assertThat(data.at("/iterations/lowerBound/0").isNull()).isTrue();
    JsonNode power = data.at("/dispatch/0");
    assertThat(power.get("node").asText()).isEqualTo("3");
    assertThat(power.get("device").asText()).isEqualTo("CHP");
    assertThat(power.get("values")).hasToString("[1.5,2]");
  }

  /** What is the same at all nodes is there once, and of the rest what is not zero. */
  @Test
  void pageHoldsThePricesByTheirParts() throws IOException {
    JsonNode prices = data(page()).get("prices");
    assertThat(prices.get("energy")).hasToString("{\"P\":[0.5,0.7],\"Q\":[0,0]}");
    assertThat(prices.get("nodes")).hasToString("{\"3\":{\"P_voltage\":[0,0.125]}}");
  }

  /** A run draws its page of what it is about to write; the files must give the same. */
  @Test
  void pageOfARunJustEndedIsThatOfItsFiles(@TempDir Path target) throws IOException {
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.CKKS)
            .ckksBackend("java")
            .algorithm(Algorithm.NEWTON)
            .stopping(Stopping.STRICT)
            .build();
    RunResult run = DispatchEngine.run(gridCase, settings, RunObserver.NONE);
    ResultFolder results = ResultFolder.open(target);
    RunFigures figures =
        new RunFigures(
            Double.NaN,
            PeakMemory.now(),
            DispatchFlow.of(gridCase, run.dispatch()),
            Optional.empty());
    ResultFiles.write(results, gridCase, run, figures, Reports.of(results));
    String page = Files.readString(target.resolve("report.html"));
    JsonNode data = data(page);
    assertThat(List.of("ac", "dispatch", "costs", "prices", "iterations")).allMatch(data::has);
    assertThat(page).isEqualTo(text(Reports.report(RunFolder.read(target))));
  }

  @Test
  void pageOfARunWithoutPricesHasNone() throws IOException {
    Path file = folder.resolve("prices.csv");
    Files.writeString(file, Files.readAllLines(file).get(0) + "\n");
    assertThat(data(page()).has("prices")).isFalse();
    Files.delete(file);
    assertThat(data(page()).has("prices")).isFalse();
  }

  @Test
  void longRunsAreThinnedToTheLastIteration() throws IOException {
    write(folder, 4999);
    JsonNode data = data(page());
    // every third of 4999, which ends at 4999 = 1 + 3·1666
    assertThat(data.get("iterationStride").intValue()).isEqualTo(3);
    assertThat(data.at("/iterations/iteration")).hasSize(1667);
    assertThat(data.at("/iterations/iteration/1666").intValue()).isEqualTo(4999);
    write(folder, 5000);
    assertThat(data(page()).at("/iterations/iteration/1667").intValue()).isEqualTo(5000);
  }

  @Test
  void nameThatSpellsTheEndOfAScriptIsHarmless() throws IOException {
    Path file = folder.resolve("summary.json");
    String evil = "</script><script>alert(1)</script>{{page.js}}";
    Files.writeString(file, Files.readString(file).replace("\"6-bus\"", "\"" + evil + "\""));
    String page = page();
    assertThat(page).doesNotContain("</script><script>alert");
    assertThat(data(page).at("/summary/case").asText()).isEqualTo(evil);
    assertThat(page).contains("<title>dualgrid: &lt;/script>");
  }

  @Test
  void centralSolveHasAReportWithoutIterations(@TempDir Path central) throws IOException {
    ResultFiles.write(
        ResultFolder.open(central),
        gridCase,
        Sampling.FIRST,
        SampleRuns.central("6-bus", true, 1000.0));
    JsonNode data = data(text(Reports.report(RunFolder.read(central))));
    assertThat(data.has("iterations")).isFalse();
    assertThat(data.at("/summary/optimalCost").isMissingNode()).isTrue();
  }

  @Test
  void comparisonHoldsEveryRunButNoDispatch(@TempDir Path other) throws IOException {
    write(other, 20);
    List<RunFolder> runs = List.of(RunFolder.read(folder), RunFolder.read(other));
    JsonNode data = data(text(Reports.comparison(runs)));
    assertThat(data.get("runs")).hasSize(2);
    assertThat(data.at("/runs/1/iterations/cost")).hasSize(20);
    assertThat(data.at("/runs/1/folder").asText()).isEqualTo(other.toString());
    assertThat(data.at("/runs/0").has("dispatch")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"summary.json", "network.json", "dispatch.csv"})
  void missingFileIsNamed(String name) throws IOException {
    Files.delete(folder.resolve(name));
    assertThatThrownBy(() -> RunFolder.read(folder))
        .isInstanceOf(ResultInputException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("run --out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PV", "WP", "CHP", "BT", "HS", "EHP", "AHP", "EH", "GI"})
  void picturesCallDevicesWhatTheReportDoes(String kind) throws IOException {
    assertThat(page()).contains("\"" + kind + "\":[\"" + DispatchStack.word(kind) + "\",");
  }

  @Test
  void missingFolderIsNamed() {
    assertThatThrownBy(() -> RunFolder.read(folder.resolve("nowhere")))
        .isInstanceOf(ResultInputException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void numberThatIsNoneIsNamedWithItsRowAndColumn() throws IOException {
    Path file = folder.resolve("dispatch.csv");
    Files.writeString(file, Files.readString(file).replace("3,CHP,P,kW,1,2.0", "3,CHP,P,kW,1,two"));
    assertThatThrownBy(() -> RunFolder.read(folder))
        .isInstanceOf(ResultInputException.class)
        .hasMessageContaining("dispatch.csv: row 3: value = two is not a number");
  }

  @Test
  void brokenJsonIsNamedWithItsRow() throws IOException {
    Files.writeString(folder.resolve("summary.json"), "{\n  \"case\": \n");
    assertThatThrownBy(() -> RunFolder.read(folder))
        .isInstanceOf(ResultInputException.class)
        .hasMessageContaining("summary.json: row 3");
  }

  private void write(Path target, int iterations) {
    ResultFiles.write(
        ResultFolder.open(target),
        gridCase,
        SampleRuns.run("6-bus", RunSettings.defaults(), RunStatus.CONVERGED, iterations),
        Double.NaN);
  }

  private String page() throws IOException {
    return text(Reports.report(RunFolder.read(folder)));
  }

  private static String text(FileContent content) throws IOException {
    StringWriter out = new StringWriter();
    content.writeTo(out);
    return out.toString();
  }

  private static JsonNode data(String page) throws IOException {
    Matcher matcher = DATA.matcher(page);
    assertThat(matcher.find()).isTrue();
    return new ObjectMapper().readTree(matcher.group(1));
  }
}
