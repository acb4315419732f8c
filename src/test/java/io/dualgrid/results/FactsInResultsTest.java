package io.dualgrid.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.caseio.format.CaseWriter;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.site.CaseClock;
import io.dualgrid.site.CaseFacts;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a case states for readers: times, currency, names and factors of carbon dioxide. */
class FactsInResultsTest {
  @TempDir Path folder;

  /** Node 3 of 6-bus with a battery of 100 kWh that starts at 30, and a name. */
  private static GridCase told(CaseFacts facts) {
    GridCase six = CaseLocator.read("6-bus");
    List<GridCase.Node> nodes = new ArrayList<>();
    for (GridCase.Node node : six.nodes()) {
      List<io.dualgrid.device.DeviceSpec> devices = new ArrayList<>(node.devices());
      if (node.id() == 3) {
        devices.removeIf(Battery.class::isInstance);
        devices.add(new Battery(50, 100, 30, 0, 1, 1, 0.8));
      }
      nodes.add(new GridCase.Node(node.id(), node.id() == 3 ? "mill" : node.name(), devices));
    }
    return new GridCase(
        six.name(), six.source(), six.limits(), nodes, six.lines(), six.tree(), facts);
  }

  private static CaseFacts facts() {
    return new CaseFacts(
        "EUR",
        Optional.of(new CaseClock("2024-07-01T00:00", "Europe/Berlin")),
        OptionalDouble.of(0.4),
        OptionalDouble.of(0.2));
  }

  private static DispatchSeries series(
      String node, String device, String quantity, String unit, double... values) {
    return new DispatchSeries(node, device, quantity, unit, values);
  }

  /** Two steps of twelve hours. */
  private static CentralResult result() {
    return new CentralResult(
        "6-bus",
        2,
        "solved",
        true,
        9.0,
        1,
        1,
        1,
        0.5,
        "by hand",
        List.of(
            series("0", "GI", "P_buy", "kW", 10, 0),
            series("3", "CHP", "P", "kW", 2, 4),
            series("3", "BT", "P_charge", "kW", 5, 0),
            series("3", "BT", "P_discharge", "kW", 0, 5),
            series("3", "BT", "E", "kWh", 90, 30),
            series("0-3", "line", "P_z", "kW", 1, 1)),
        List.of(series("0", "GI", "grid_purchase", "currency", 9, 0)),
        List.of());
  }

  @Test
  void rowsEndWithTimeAndNameAndCostsHaveTheirCurrency() throws IOException {
    ResultFiles.write(ResultFolder.open(folder), told(facts()), Sampling.FIRST, result());
    assertThat(Files.readAllLines(folder.resolve("dispatch.csv")))
        .contains(
            "node,device,quantity,unit,step,value,time,name",
            "3,CHP,P,kW,1,4.0,2024-07-01T12:00:00+02:00,mill",
            "0-3,line,P_z,kW,0,1.0,2024-07-01T00:00:00+02:00,0 - mill");
    assertThat(Files.readAllLines(folder.resolve("costs.csv")))
        .contains("0,GI,grid_purchase,EUR,0,9.0,2024-07-01T00:00:00+02:00,0");
    assertThat(Files.readString(folder.resolve("columns.csv")))
        .contains("dispatch.csv,time,,")
        .doesNotContain("currency");
    JsonNode network = new ObjectMapper().readTree(folder.resolve("network.json").toFile());
    assertThat(network.get("currency").asText()).isEqualTo("EUR");
    assertThat(network.at("/times/1").asText()).isEqualTo("2024-07-01T12:00:00+02:00");
  }

  @Test
  void aCaseWithoutThemHasTheColumnsItHad() throws IOException {
    GridCase six = CaseLocator.read("6-bus");
    ResultFiles.write(ResultFolder.open(folder), six, Sampling.FIRST, result());
    assertThat(Files.readAllLines(folder.resolve("dispatch.csv")).get(0))
        .isEqualTo("node,device,quantity,unit,step,value");
    assertThat(Files.readAllLines(folder.resolve("costs.csv")))
        .contains("0,GI,grid_purchase,currency,0,9.0");
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
    assertThat(summary.has("emissions")).isFalse();
  }

  /**
   * 120 kWh are bought, at 0.4 kg; the CHP makes 72 kWh of power and 1.5 times as much heat of 180
   * kWh of gas, at 0.2 kg. The battery takes 60 kWh and gives 60, 0.6 of its 100 kWh twice.
   */
  @Test
  void carbonDioxideAndStorageAreAsByHand() {
    GridCase gridCase = told(facts());
    ObjectNode summary = new ObjectMapper().createObjectNode();
    Answers answers = new Answers(result().dispatch(), result().costs(), gridCase, 2);
    answers.putInto(summary);
    assertThat(summary.at("/energy/gasKwh").doubleValue()).isCloseTo(180, offset(1e-12));
    assertThat(summary.at("/emissions/gridCo2Kg").doubleValue()).isCloseTo(48, offset(1e-12));
    assertThat(summary.at("/emissions/gasCo2Kg").doubleValue()).isCloseTo(36, offset(1e-12));
    assertThat(summary.at("/emissions/co2Kg").doubleValue()).isCloseTo(84, offset(1e-12));
    assertThat(answers.stores()).containsExactly(new StorageUse("3", "BT", 100, 60, 60, 30, 90));
    assertThat(answers.stores().get(0).cycles()).isCloseTo(0.6, offset(1e-15));
  }

  /** Without the factor of gas that is burnt there is no sum. */
  @Test
  void noFactorIsInvented() {
    CaseFacts half =
        new CaseFacts("", Optional.empty(), OptionalDouble.of(0.4), OptionalDouble.empty());
    ObjectNode summary = new ObjectMapper().createObjectNode();
    new Answers(result().dispatch(), result().costs(), told(half), 2).putInto(summary);
    assertThat(summary.get("emissions").toString()).isEqualTo("{\"gridCo2Kg\":48.0}");
  }

  @Test
  void casesKeepThem() throws IOException {
    GridCase gridCase = told(facts());
    CaseWriter.write(gridCase, folder.resolve("case"), false);
    assertThat(CaseReader.read(folder.resolve("case")).facts()).isEqualTo(facts());
  }
}
