package io.dualgrid.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.Sampling;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What solvers leave below their tolerance is not in the tables, and their sums hold. */
class NoiseTest {
  /** On a base of 1000 kW, below which values are noise. */
  private static final double LEAST_KW = 1e-4;

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  @TempDir Path folder;

  private static DispatchSeries kw(String device, String quantity, double... values) {
    return new DispatchSeries("1", device, quantity, "kW", values);
  }

  @Test
  void whatIsTakenAwayGoesToTheLargestThatIsNotGiven() {
    Noise noise = Noise.of(CaseLocator.read("6-bus"), 24);
    List<DispatchSeries> clean =
        noise.ofDispatch(
            List.of(
                kw("P_load", "P", -5, -5),
                kw("PV", "P", 3, 5e-5),
                kw("BT", "P_charge", 2e-5, 4e-5),
                kw("BT", "P_discharge", 1e-5, -0.0),
                kw("bus", "P", -2 - 1e-5, -5 + 1e-5)));
    assertThat(clean.get(0).values()).containsExactly(-5, -5);
    assertThat(clean.get(1).values()[0]).isCloseTo(3 - 1e-5, offset(1e-15));
    assertThat(clean.get(1).values()[1]).isZero();
    assertThat(clean.get(2).values()).containsExactly(0, 0);
    assertThat(clean.get(3).values()).containsExactly(0, 0);
    // nothing but the load is left to take the 1e-5 kW of the second step
    assertThat(clean.get(4).values()[0]).isEqualTo(-2 - 1e-5);
    assertThat(clean.get(4).values()[1]).isCloseTo(-5, offset(2e-15));
  }

  @Test
  void costsOfAStepAddUpToAsMuchAsBefore() {
    Noise noise = Noise.of(CaseLocator.read("6-bus"), 24);
    List<DispatchSeries> clean =
        noise.ofCosts(
            List.of(
                new DispatchSeries("0", "GI", "grid_purchase", "currency", new double[] {12.5}),
                new DispatchSeries("0", "GI", "grid_sale", "currency", new double[] {-3e-6})));
    assertThat(clean.get(0).values()[0]).isCloseTo(12.5 - 3e-6, offset(2e-15));
    assertThat(clean.get(1).values()).containsExactly(0);
  }

  @Test
  void pricesAreTheSumsOfTheirParts() {
    Noise noise = Noise.of(CaseLocator.read("6-bus"), 24);
    List<DispatchSeries> clean =
        noise.ofPrices(
            List.of(
                new DispatchSeries("1", "bus", "P", "currency/kWh", new double[] {0.5}),
                new DispatchSeries("1", "bus", "P_energy", "currency/kWh", new double[] {0.5}),
                new DispatchSeries("1", "bus", "P_flow", "currency/kWh", new double[] {1e-9})));
    assertThat(clean.get(0).values()[0]).isCloseTo(0.5 - 1e-9, offset(1e-15));
    assertThat(clean.get(2).values()).containsExactly(0);
  }

  @Test
  void tablesOfARunBalance() throws IOException {
    GridCase gridCase = CaseLocator.read("6-bus");
    RunSettings settings = RunSettings.builder().privacy(Privacy.NONE).threads(1).build();
    RunResult run = DispatchEngine.run(gridCase, settings, RunObserver.NONE);
    ResultFiles.write(ResultFolder.open(folder), gridCase, run, Double.NaN);
    assertBalanced(rows("dispatch.csv"));
    assertThat(sum(rows("costs.csv"))).isCloseTo(run.totalCost(), offset(1e-9));
  }

  @Test
  void tablesOfTheOptimumBalance() throws IOException {
    GridCase gridCase = CaseLocator.read("6-bus");
    RunSettings settings = RunSettings.builder().threads(1).build();
    CentralResult central = DispatchEngine.central(gridCase, settings);
    ResultFiles.write(ResultFolder.open(folder), gridCase, Sampling.FIRST, central);
    assertBalanced(rows("dispatch.csv"));
    assertThat(sum(rows("costs.csv"))).isCloseTo(central.totalCost(), offset(1e-9));
  }

  /**
   * Powers of devices add up to the injection of their node, injections and flows to zero, heat to
   * zero, each to ten times the tolerance of 1e-8 per unit that programs are solved to; a flow that
   * became zero is off by LEAST_KW at most.
   */
  private static void assertBalanced(List<CSVRecord> rows) {
    Map<String, Double> devices = new HashMap<>();
    Map<String, Double> nodes = new HashMap<>();
    Map<String, Double> flows = new HashMap<>();
    for (CSVRecord row : rows) {
      String text = row.get("value");
      double value = Double.parseDouble(text);
      assertThat(text).isNotEqualTo("-0.0");
      boolean power = row.get("unit").equals("kW") || row.get("unit").equals("kvar");
      if (power) {
        assertThat(value == 0.0 || Math.abs(value) >= LEAST_KW).as(row.toString()).isTrue();
      }
      String letter = row.get("quantity").substring(0, 1);
      String place = letter + " of " + row.get("node") + " at " + row.get("step");
      if (row.get("device").equals("line")) {
        if (row.get("quantity").endsWith("_z") && power) {
          String[] ends = row.get("node").split("-");
          flows.merge(letter + " of " + ends[0] + " at " + row.get("step"), -value, Double::sum);
          flows.merge(letter + " of " + ends[1] + " at " + row.get("step"), value, Double::sum);
        }
      } else if (row.get("device").equals("bus")) {
        if (row.get("quantity").length() == 1 && power) {
          nodes.put(place, value);
        }
      } else if (power) {
        boolean takes = row.get("quantity").matches("._(sell|charge|sto)");
        devices.merge(place, takes ? -value : value, Double::sum);
      }
    }
    devices.forEach(
        (place, supplied) -> {
          double injected = place.startsWith("H") ? 0.0 : nodes.get(place);
          assertThat(supplied).as(place).isCloseTo(injected, offset(1e-4));
        });
    assertThat(flows).isNotEmpty();
    flows.forEach(
        (place, taken) ->
            assertThat(nodes.get(place) + taken).as(place).isCloseTo(0.0, offset(7 * LEAST_KW)));
  }

  private static double sum(List<CSVRecord> rows) {
    return rows.stream().mapToDouble(row -> Double.parseDouble(row.get("value"))).sum();
  }

  private List<CSVRecord> rows(String name) throws IOException {
    try (Reader reader = Files.newBufferedReader(folder.resolve(name));
        CSVParser parser = CSVParser.parse(reader, FORMAT)) {
      return parser.getRecords();
    }
  }
}
