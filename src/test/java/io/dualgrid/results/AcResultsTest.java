package io.dualgrid.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.grid.Shunt;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.results.report.Reports;
import io.dualgrid.results.report.RunFolder;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AC power flow in the files of a run: one line of 0.05 + 0.08j p.u. with 700 kVA. */
class AcResultsTest {
  private static final double R = 0.05;
  private static final double X = 0.08;
  private static final double SHUNT_KVAR = 100.0;

  /** Load by step; the last has no power flow, as 1/(2(|z| + r)) = 3.5 p.u. is the most. */
  private static final double[] LOAD_KW = {500.0, 800.0, 4000.0};

  @TempDir Path folder;

  @Test
  void voltagesAndLossesAreThoseOfTheQuadraticFormula() throws IOException {
    write(dispatch());
    List<CSVRecord> rows = rows();
    assertThat(rows).hasSize(6);
    for (int step = 0; step < 2; step++) {
      CSVRecord row = rows.get(3 + step);
      assertThat(row.get("node")).isEqualTo("1");
      assertThat(row.get("line")).isEqualTo("0-1");
      assertThat(number(row, "voltageLinDistFlowPu")).isEqualTo(0.97 - 0.01 * step);
      double u = square(LOAD_KW[step] / 1000.0);
      // a mismatch of 1e-10 p.u. moves voltages by |z|·1e-10 and powers by little more
      assertThat(number(row, "voltageAcPu")).isCloseTo(Math.sqrt(u), offset(1e-9));
      double p = LOAD_KW[step] / 1000.0;
      double q = -0.1 * u;
      assertThat(number(row, "toKw")).isCloseTo(1000 * p, offset(1e-6));
      assertThat(number(row, "toKvar")).isCloseTo(1000 * q, offset(1e-6));
      double current = (p * p + q * q) / u;
      assertThat(number(row, "lossKw")).isCloseTo(1000 * R * current, offset(1e-6));
      assertThat(number(row, "lossKvar")).isCloseTo(1000 * X * current, offset(1e-6));
      assertThat(number(row, "apparentKva")).isCloseTo(1000 * Math.sqrt(current), offset(1e-6));
      assertThat(number(row, "loading")).isCloseTo(Math.sqrt(current) / 0.7, offset(1e-9));
    }
    assertThat(rows.get(0).get("line")).isEmpty();
    assertThat(rows.get(0).get("voltageAcPu")).isEqualTo("1.0");
    assertThat(rows.get(0).get("lossKw")).isEmpty();
  }

  @Test
  void stepWithoutAPowerFlowIsLeftEmptyAndTold() throws IOException {
    write(dispatch());
    CSVRecord row = rows().get(5);
    assertThat(row.get("voltageLinDistFlowPu")).isNotEmpty();
    assertThat(row.get("voltageAcPu")).isEmpty();
    assertThat(row.get("lossKw")).isEmpty();
    assertThat(row.get("loading")).isEmpty();
    assertThat(summary().at("/ac/stepsNotConverged").toString()).isEqualTo("[2]");
    assertThat(summary().get("notices"))
        .anySatisfy(notice -> assertThat(notice.asText()).contains("step 2 does not converge"));
  }

  @Test
  void limitsBrokenInAcAreToldWithPlaceAndAmount() throws IOException {
    write(dispatch());
    JsonNode ac = summary().get("ac");
    double lowest = Math.sqrt(square(0.8));
    assertThat(ac.at("/voltageMin/pu").doubleValue()).isCloseTo(lowest, offset(1e-9));
    assertThat(ac.at("/voltageMin/node").intValue()).isEqualTo(1);
    assertThat(ac.at("/voltageMin/step").intValue()).isEqualTo(1);
    assertThat(ac.at("/voltageMax/pu").doubleValue()).isEqualTo(1.0);
    JsonNode voltage = ac.at("/limitsBroken/0");
    assertThat(voltage.get("limit").asText()).isEqualTo("voltageMinPu");
    assertThat(voltage.get("limitPu").doubleValue()).isEqualTo(0.965);
    assertThat(voltage.get("valuePu").doubleValue()).isCloseTo(lowest, offset(1e-9));
    assertThat(voltage.get("times").intValue()).isEqualTo(1);
    JsonNode rating = ac.at("/limitsBroken/1");
    assertThat(rating.get("limit").asText()).isEqualTo("ratingKva");
    assertThat(rating.get("limitKva").doubleValue()).isEqualTo(700.0);
    assertThat(rating.get("line").asText()).isEqualTo("0-1");
    double losses = rows().stream().mapToDouble(row -> number(row, "lossKw")).sum();
    // three steps in a day
    assertThat(ac.get("lossesKwh").doubleValue()).isCloseTo(8 * losses, offset(1e-9));
    assertThat(summary().get("notices"))
        .anySatisfy(notice -> assertThat(notice.asText()).contains("node 1", "step 1", "0.965"))
        .anySatisfy(notice -> assertThat(notice.asText()).contains("line 0-1", "700.0"));
  }

  @Test
  void resultWithoutADispatchHasNoFlow() throws IOException {
    write(List.of());
    assertThat(rows()).isEmpty();
    assertThat(summary().has("ac")).isFalse();
    assertThat(page().path("ac").isMissingNode()).isTrue();
  }

  @Test
  void reportHasBothVoltagesAndTheLosses() throws IOException {
    write(dispatch());
    JsonNode ac = page().get("ac");
    // six digits are what a chart shows
    assertThat(ac.at("/voltagePu/1/1").doubleValue())
        .isCloseTo(Math.sqrt(square(0.8)), offset(1e-6));
    assertThat(ac.at("/voltagePu/1/2").isNull()).isTrue();
    assertThat(ac.at("/lossKw/2").isNull()).isTrue();
    assertThat(ac.at("/lossKw/1").doubleValue()).isPositive();
  }

  /** Losses are what the root supplies beyond what LinDistFlow has it supply. */
  @Test
  void optimumOfABundledCaseHasAFlow() throws IOException {
    GridCase sixBus = CaseLocator.read("6-bus");
    RunSettings settings = RunSettings.builder().steps(4).build();
    CentralResult optimum = DispatchEngine.central(sixBus, settings);
    ResultFiles.write(ResultFolder.open(folder), sixBus, Sampling.FIRST, optimum);
    assertThat(summary().at("/ac/stepsNotConverged")).isEmpty();
    for (int step = 0; step < 4; step++) {
      double out = 0.0;
      double losses = 0.0;
      for (CSVRecord row : rows()) {
        if (Integer.parseInt(row.get("step")) == step && !row.get("line").isEmpty()) {
          losses += number(row, "lossKw");
          out += row.get("line").startsWith("0-") ? number(row, "fromKw") : 0.0;
        }
      }
      double planned = 0.0;
      for (DispatchSeries series : optimum.dispatch()) {
        boolean root = series.node().equals("0") && series.device().equals("bus");
        planned += root && series.quantity().equals("P") ? series.values()[step] : 0.0;
      }
      // seven nodes with a mismatch of 1e-7 kW each, and the optimum's own 1e-8 of some 1000 kW
      assertThat(out - planned).isCloseTo(losses, offset(1e-4));
    }
  }

  /** u = V² of the load's end: (r² + x²)(p² + q²) = u(V₀² − u − 2(rp + xq)) with q = −b·u. */
  private static double square(double p) {
    double b = SHUNT_KVAR / 1000.0;
    double z = R * R + X * X;
    // (1 + z·b² − 2·x·b)·u² + (2·r·p − 1)·u + z·p² = 0
    double a = 1 + z * b * b - 2 * X * b;
    double half = (1 - 2 * R * p) / 2;
    return (half + Math.sqrt(half * half - a * z * p * p)) / a;
  }

  private static GridCase gridCase() {
    NetworkLimits limits = new NetworkLimits(24, 24, 1000, 100, 0.965, 1.05, 1.0, 1e5, 0.0);
    List<Line> lines = List.of(new Line(0, 1, 100 * R, 100 * X, 1.0, 700.0));
    List<GridCase.Node> nodes =
        List.of(
            new GridCase.Node(0, "root", List.of()),
            new GridCase.Node(1, "load", List.of(new Shunt(0.0, SHUNT_KVAR))));
    return new GridCase("two", "", limits, nodes, lines, new FeederTree(List.of(0, 1), lines));
  }

  private static List<DispatchSeries> dispatch() {
    double[] draw = new double[LOAD_KW.length];
    for (int t = 0; t < draw.length; t++) {
      draw[t] = -LOAD_KW[t];
    }
    double[] shunt = {SHUNT_KVAR, SHUNT_KVAR, SHUNT_KVAR};
    return List.of(
        new DispatchSeries("0", "bus", "P", "kW", LOAD_KW),
        new DispatchSeries("0", "bus", "Q", "kvar", new double[3]),
        new DispatchSeries("0", "bus", "V", "p.u.", new double[] {1.0, 1.0, 1.0}),
        new DispatchSeries("1", "bus", "P", "kW", draw),
        new DispatchSeries("1", "bus", "Q", "kvar", shunt),
        new DispatchSeries("1", "bus", "V", "p.u.", new double[] {0.97, 0.97 - 0.01, 0.9}));
  }

  private void write(List<DispatchSeries> dispatch) {
    ResultFiles.write(
        ResultFolder.open(folder),
        gridCase(),
        Sampling.FIRST,
        new CentralResult(
            "two", 3, "solved", true, 1.0, 1, 1, 1, 0.1, "none", dispatch, List.of(), List.of()));
  }

  private List<CSVRecord> rows() throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(Files.readString(folder.resolve("ac.csv")), format)) {
      return parser.getRecords();
    }
  }

  private static double number(CSVRecord row, String column) {
    return row.get(column).isEmpty() ? 0.0 : Double.parseDouble(row.get(column));
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
  }

  private JsonNode page() throws IOException {
    StringWriter out = new StringWriter();
    Reports.report(RunFolder.read(folder)).writeTo(out);
    String text = out.toString();
    int begin = text.indexOf("{\"folder\"");
    return new ObjectMapper().readTree(text.substring(begin, text.indexOf("</script>", begin)));
  }
}
