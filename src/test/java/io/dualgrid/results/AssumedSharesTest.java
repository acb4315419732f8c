package io.dualgrid.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.matpower.MatpowerImporter;
import io.dualgrid.cli.CommandLineRun;
import io.dualgrid.device.Sampling;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.AssumedValue;
import io.dualgrid.site.CaseFacts;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default that most of a cost stands on is told, and nothing where there is none. */
class AssumedSharesTest {
  private static final AssumedValue GAS = new AssumedValue("CHP", "gasPricePerKwh", List.of(2, 3));
  private static final AssumedValue SALE = new AssumedValue("GI", "sellPricePerKwh", List.of(0));
  private static final AssumedValue CHARGE =
      new AssumedValue("limits", "networkChargePerKwh", List.of());
  private static final AssumedValue RATIO = new AssumedValue("CHP", "heatPerPower", List.of(3));

  @TempDir Path folder;

  private static GridCase assuming(AssumedValue... values) {
    GridCase six = CaseLocator.read("6-bus");
    return new GridCase(
        six.name(),
        six.source(),
        six.limits(),
        six.nodes(),
        six.lines(),
        six.tree(),
        CaseFacts.NONE.withAssumed(List.of(values)));
  }

  private static DispatchSeries cost(String node, String device, String part, double... values) {
    return new DispatchSeries(node, device, part, "currency", values);
  }

  private static String notice(List<DispatchSeries> costs, AssumedValue... values) {
    return AssumedShares.of(assuming(values), costs, 2).notice().orElseThrow();
  }

  /** 60 of grid, 20 and 11 of gas at the nodes that state no price, 9 at one that does. */
  private static List<DispatchSeries> paid() {
    return List.of(
        cost("0", "GI", "grid_purchase", 40, 20),
        cost("2", "CHP", "fuel", 5, 15),
        cost("3", "CHP#2", "fuel", 11, 0),
        cost("4", "CHP", "fuel", 0, 9));
  }

  @Test
  void thePriceThatMostOfTheCostStandsOnIsTold() {
    assertThat(notice(paid(), RATIO, GAS))
        .isEqualTo(
            "not stated in your data: gasPricePerKwh 0.4 of CHP at 2 nodes; it stands for 31 % of"
                + " the cost; case.json lists 1 more under assumed");
  }

  /** 31 of gas, 25 of the sale and 31 + 69 + 25 in all: a gain counts as much as a cost. */
  @Test
  void gainsCountByTheirSize() {
    List<DispatchSeries> costs = new ArrayList<>(paid());
    costs.add(cost("0", "GI", "grid_sale", -25, 0));
    assertThat(notice(costs, SALE))
        .endsWith("of GI at node 0; it stands for 20 % of all that is paid and earned");
    assertThat(notice(costs, SALE, GAS)).contains("gasPricePerKwh 0.4").contains(" 25 % of all");
  }

  @Test
  void chargesAreOfTheWholeNetworkWhereverTheyArise() {
    List<DispatchSeries> costs =
        List.of(
            cost("0", "GI", "grid_purchase", 1, 0),
            cost("4", "bus", "network_charge", 1, 0),
            cost("5", "bus", "network_charge", 0, 2));
    assertThat(notice(costs, CHARGE))
        .isEqualTo(
            "not stated in your data: networkChargePerKwh 0.244343 of the network; it stands for"
                + " 75 % of the cost");
  }

  @Test
  void whatIsNoPriceIsNamedWithoutAShare() {
    List<DispatchSeries> costs = List.of(cost("0", "GI", "grid_purchase", 1, 0));
    assertThat(notice(costs, RATIO, GAS, SALE))
        .isEqualTo(
            "not stated in your data: heatPerPower of CHP at node 3, gasPricePerKwh 0.4 of CHP at 2"
                + " nodes and 1 more, listed in case.json under assumed; no assumed price stands in"
                + " the cost");
  }

  @Test
  void nothingIsToldWhereNothingIsAssumedOrThereIsNoDispatch() {
    assertThat(AssumedShares.of(assuming(), paid(), 2).notice()).isEmpty();
    assertThat(AssumedShares.of(assuming(GAS), List.of(), 2).notice()).isEmpty();
  }

  /**
   * The feeder without gencost buys all it takes at a price of one that nobody stated, 3715 kW over
   * 24 h, and sells nothing; the solver leaves 1e-6.
   */
  @Test
  void aFeederWithoutCostsStandsOnTheAssumedPriceAlone() throws IOException {
    String text = Files.readString(Path.of("examples/ieee33/ieee33.m"));
    Path source = folder.resolve("free.m");
    Files.writeString(source, text.replaceFirst("(?s)mpc\\.gencost = \\[.*?\\];", ""));
    GridCase feeder =
        MatpowerImporter.importCase(
                source, folder.resolve("free"), "free", MatpowerImporter.Options.STRICT)
            .gridCase();
    CentralResult result = DispatchEngine.central(feeder, RunSettings.defaults());
    Path results = folder.resolve("results");
    ResultFiles.write(ResultFolder.open(results), feeder, Sampling.MEAN, result);
    JsonNode summary = new ObjectMapper().readTree(results.resolve("summary.json").toFile());
    JsonNode first = summary.at("/assumed/0");
    assertThat(first.get("field").textValue()).isEqualTo("buyPricePerKwh");
    assertThat(first.get("nodes").toString()).isEqualTo("[1]");
    assertThat(first.get("price").doubleValue()).isEqualTo(1.0);
    double energy = 3715 * 24;
    assertThat(first.get("cost").doubleValue()).isCloseTo(energy, within(1e-6 * energy));
    assertThat(first.get("share").doubleValue()).isCloseTo(1.0, within(1e-6));
    assertThat(summary.get("assumed"))
        .extracting(one -> one.get("device").asText() + "." + one.get("field").asText())
        .containsExactlyInAnyOrder(
            "GI.buyPricePerKwh",
            "GI.sellPricePerKwh",
            "limits.horizonHours",
            "limits.exchangeMaxKw",
            "limits.networkChargePerKwh");
    assertThat(summary.get("notices"))
        .extracting(JsonNode::textValue)
        .anySatisfy(
            notice ->
                assertThat(notice)
                    .startsWith("not stated in your data: buyPricePerKwh 1 of GI at node 1; it")
                    .contains("100 % of"));
    StringWriter told = new StringWriter();
    assertThat(CommandLineRun.of(told, "baseline", folder.resolve("free").toString())).isZero();
    assertThat(told.toString())
        .contains("notice: not stated in your data: buyPricePerKwh 1 of GI at node 1; it");
  }
}
