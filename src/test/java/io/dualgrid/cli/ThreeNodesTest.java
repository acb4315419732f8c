package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.OneRound;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The smallest district, a root and two sites, with what went wrong with it once, on the command
 * line: forecasts of rounding, currencies, negative prices, a battery without losses, a line that
 * is too weak, prices of nothing and of a MWh. Its optima are those of three.py beside the case.
 */
@OneRound
class ThreeNodesTest {
  private static final double OPTIMUM = 1441.333511168222;
  private static final double NEGATIVE = 1045.464577582495;
  private static final double LOSSLESS = 1427.96166;

  /** Certified, in per cent of the cost: newton's 1e-4, and 1e-3 of runs with a cloud. */
  private static final double CERTIFIED = 0.0101;

  private static final double CERTIFIED_MASKED = 0.101;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String gridCase;
  private String table;

  private void read() throws IOException, URISyntaxException {
    Path source = Path.of(ThreeNodesTest.class.getResource("three/case.json").toURI());
    gridCase = Files.readString(source);
    table = Files.readString(source.resolveSibling("p.csv"));
  }

  private void change(String old, String text) {
    assertThat(gridCase).contains(old);
    gridCase = gridCase.replace(old, text);
  }

  /** All prices, the network charge among them. */
  private void prices(double factor) {
    for (String column : List.of("buy", "sell")) {
      change(factorOf(column, 1), factorOf(column, factor));
    }
    change("\"networkChargePerKwh\": 0.2", "\"networkChargePerKwh\": " + 0.2 * factor);
  }

  private static String factorOf(String column, double factor) {
    String value = factor == 1 ? "1" : Double.toString(factor);
    return "\"column\": \"" + column + "\",\n      \"factor\": " + value;
  }

  private int execute(String command, String... more) throws IOException {
    Path place = Files.createDirectories(folder.resolve("three"));
    Files.writeString(place.resolve("case.json"), gridCase);
    Files.writeString(place.resolve("p.csv"), table);
    List<String> arguments = new ArrayList<>(List.of(command, place.toString()));
    arguments.addAll(List.of(more));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Terminal terminal = Terminal.plain(new PrintWriter(out, true), new PrintWriter(err, true));
    return Dualgrid.commandLine(Engine.DISPATCH, terminal)
        .execute(arguments.toArray(String[]::new));
  }

  private JsonNode solved(String command, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--json");
    assertThat(execute(command, arguments.toArray(String[]::new))).as("%s", err).isZero();
    return new ObjectMapper().readTree(out.toString());
  }

  private static double cost(JsonNode summary) {
    return summary.get("totalCost").asDouble();
  }

  /** In clear, and with a cloud where its two sites agree to sums over the two of them. */
  private void assertOptimum(double optimum) throws IOException {
    // as in CentralSolverTest
    assertThat(cost(solved("central"))).isCloseTo(optimum, withinPercentage(1e-4));
    JsonNode clear = solved("run", "--privacy", "none", "--gap");
    assertThat(cost(clear)).isCloseTo(optimum, withinPercentage(CERTIFIED));
    assertThat(clear.get("lowerBound").asDouble())
        .isCloseTo(optimum, withinPercentage(CERTIFIED))
        .isLessThan(optimum * (1 + 1e-6));
    JsonNode masked = solved("run", "--gap", "--allow-exposed-sums");
    assertThat(masked.get("privacy").asText()).isEqualTo("dual");
    assertThat(cost(masked)).isCloseTo(optimum, withinPercentage(CERTIFIED_MASKED));
    assertThat(masked.get("lowerBound").asDouble())
        .isCloseTo(optimum, withinPercentage(CERTIFIED_MASKED))
        .isLessThan(optimum * (1 + 1e-6));
  }

  @Test
  void isRefusedBeforeASumShowsItsSites() throws IOException, URISyntaxException {
    read();
    assertThat(execute("run", "--gap")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("2 sites with private devices", "--allow-exposed-sums");
    assertOptimum(OPTIMUM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-14", "1e-12", "1e-10", "1e-8", "1e-7"})
  void aForecastOfRoundingIsNone(String available) throws IOException, URISyntaxException {
    read();
    String night = "20,60.0,0\n";
    assertThat(table).contains(night);
    table = table.replace(night, "20,60.0," + available + "\n");
    assertOptimum(OPTIMUM);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 300})
  void theCurrencyDoesNotMatter(double factor) throws IOException, URISyntaxException {
    read();
    prices(factor);
    assertOptimum(factor * OPTIMUM);
  }

  @Test
  void aBatteryThatIsPaidForItsLossesIsNamed() throws IOException, URISyntaxException {
    read();
    change("\"column\": \"buy\"", "\"column\": \"negative\"");
    change("\"column\": \"sell\"", "\"column\": \"negativeSell\"");
    assertThat(execute("validate")).isZero();
    assertThat(out.toString()).contains("buyPricePerKwh = -0.1: is negative at row 10");
    assertOptimum(NEGATIVE);
    solved("run", "--privacy", "none");
    assertThat(err.toString())
        .contains("node 2: BT has P_charge and P_discharge at once", "what is lost pays there");
  }

  @Test
  void aNegativePriceOfSellingAloneIsNamed() throws IOException, URISyntaxException {
    read();
    change("\"column\": \"sell\"", "\"column\": \"negativeSell\"");
    assertThat(execute("validate")).isZero();
    assertThat(out.toString()).contains("sellPricePerKwh = -0.1: is negative at row 10");
  }

  @Test
  void aBatteryWithoutLossesDoesNotDoBoth() throws IOException, URISyntaxException {
    read();
    change("\"lossPerHour\": 0.001", "\"lossPerHour\": 0");
    change("\"chargeEfficiency\": 0.95", "\"chargeEfficiency\": 1");
    change("\"dischargeEfficiency\": 0.95", "\"dischargeEfficiency\": 1");
    assertOptimum(LOSSLESS);
    // no more of both than its reactive power takes, with the power factor of a battery
    Path results = folder.resolve("results");
    solved("run", "--privacy", "none", "--out", results.toString());
    List<String[]> rows =
        Files.readAllLines(results.resolve("dispatch.csv")).stream()
            .map(row -> row.split(",", -1))
            .toList();
    double[] charge = battery(rows, "P_charge");
    double[] discharge = battery(rows, "P_discharge");
    double[] charged = battery(rows, "Q_charge");
    double[] discharged = battery(rows, "Q_discharge");
    double tangent = Math.tan(Math.acos(0.8));
    for (int t = 0; t < charge.length; t++) {
      double both = Math.min(charge[t], discharge[t]);
      if (both > 0) {
        // to the digits of a table
        assertThat(tangent * (charge[t] + discharge[t]))
            .as("step %d", t)
            .isCloseTo(Math.abs(discharged[t] - charged[t]), within(1e-3));
      }
    }
  }

  private static double[] battery(List<String[]> rows, String quantity) {
    List<String> head = List.of(rows.get(0));
    return rows.stream()
        .filter(row -> row[head.indexOf("device")].equals("BT"))
        .filter(row -> row[head.indexOf("quantity")].equals(quantity))
        .mapToDouble(row -> Double.parseDouble(row[head.indexOf("value")]))
        .toArray();
  }

  /** 0.020393 p.u. are short at step 4 by three.py, whatever the battery does. */
  @ParameterizedTest
  @CsvSource({"--gap", "--allow-exposed-sums", "--privacy=none"})
  void aLineThatIsTooWeakIsNamed(String option) throws IOException, URISyntaxException {
    read();
    gridCase = gridCase.replaceFirst("\"resistanceOhm\": 0.1", "\"resistanceOhm\": 60");
    gridCase = gridCase.replaceFirst("\"reactanceOhm\": 0.1", "\"reactanceOhm\": 60");
    assertThat(execute("run", option)).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(out + "\n" + err)
        .contains("no dispatch meets the limits", "node 1: V = 0.9296", "at step 4", "by 0.02039")
        .doesNotContainPattern("(?m)^cost ");
  }

  /** Bases of 1 kW and 1 ohm: 11.6821 p.u. are short at step 4 by three.py. */
  @Test
  void basesThatNoFeederHasAreInfeasible() throws IOException, URISyntaxException {
    read();
    change("\"basePowerKw\": 1000", "\"basePowerKw\": 1");
    change("\"baseImpedanceOhm\": 100", "\"baseImpedanceOhm\": 1");
    assertThat(execute("run", "--privacy", "none")).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(out + "\n" + err)
        .contains("no dispatch meets the limits", "node 1: V = -10.73", "at step 4", "by 11.68")
        .doesNotContainPattern("(?m)^cost ");
    // without a solve: a lower bound of what is short already says that none is possible
    assertThat(execute("run", "--gap")).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(err.toString()).contains("no dispatch meets the limits", "node 1: V = ");
  }

  @Test
  void whereNothingCostsAnythingNothingIsAPercentage() throws IOException, URISyntaxException {
    read();
    prices(0);
    for (String option : List.of("--privacy=none", "--allow-exposed-sums")) {
      assertThat(execute("run", "--gap", "--quiet", option)).as("%s", err).isZero();
      assertThat(out.toString())
          .containsPattern("cost +0\\.00, within \\S+ of the central optimum")
          .doesNotContain("%");
    }
  }

  @Test
  void pricesOfMegawattHoursAreDoubted() throws IOException, URISyntaxException {
    read();
    change(factorOf("buy", 1), factorOf("buy", 1000));
    change(factorOf("sell", 1), factorOf("sell", 1000));
    assertThat(execute("validate")).isZero();
    assertThat(out.toString()).contains("buyPricePerKwh = 500", "looks like one of a MWh");
  }
}
