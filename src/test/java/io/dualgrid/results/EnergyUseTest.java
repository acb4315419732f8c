package io.dualgrid.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.results.EnergyUse.Role;
import io.dualgrid.run.DispatchSeries;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A made-up dispatch of two steps of half an hour, with sums by hand. */
class EnergyUseTest {
  private static final List<DispatchSeries> DISPATCH =
      List.of(
          kw("0", "GI", "P_buy", 6, 0),
          kw("0", "GI", "P_sell", 0, 2),
          kw("0", "GI", "Q_buy", 9, 9),
          kw("1", "PV", "P", 4, 8),
          kw("1", "P_load", "P", -6, -6),
          kw("1", "BT", "P_charge", 4, 0),
          kw("1", "BT", "P_discharge", 0, 2),
          kw("1", "bus", "P", -6, 4),
          kw("1", "bus", "P_sell", 0, 4),
          kw("1", "EH", "P", 0, -2),
          kw("1", "EH", "H", 0, 2),
          kw("1", "HS", "H_rel", 1, 0),
          kw("1", "HS", "H_sto", 0, 1),
          kw("0-1", "line", "P_z", 6, 4));

  private static final List<DispatchSeries> COSTS =
      List.of(
          new DispatchSeries("0", "GI", "grid_purchase", "currency", new double[] {3, 0}),
          new DispatchSeries("0", "GI", "grid_sale", "currency", new double[] {0, -0.25}),
          new DispatchSeries("1", "bus", "network_charge", "currency", new double[] {0, 0.5}),
          new DispatchSeries("2", "bus", "network_charge", "currency", new double[] {0.25, 0}));

  private static DispatchSeries kw(String node, String device, String quantity, double... values) {
    return new DispatchSeries(node, device, quantity, "kW", values);
  }

  @Test
  void eachDeviceSuppliesAndDraws() {
    assertThat(EnergyUse.of(DISPATCH, 0.5))
        .containsExactly(
            new EnergyUse("0", "GI", "power", Role.GRID, 3, 1),
            new EnergyUse("1", "PV", "power", Role.DEVICE, 6, 0),
            new EnergyUse("1", "P_load", "power", Role.DEVICE, 0, 6),
            new EnergyUse("1", "BT", "power", Role.STORE, 1, 2),
            new EnergyUse("1", "EH", "power", Role.DEVICE, 0, 1),
            new EnergyUse("1", "EH", "heat", Role.DEVICE, 1, 0),
            new EnergyUse("1", "HS", "heat", Role.STORE, 0.5, 0.5));
  }

  @Test
  void answersAreSumsOfThem() {
    ObjectNode summary = new ObjectMapper().createObjectNode();
    new Answers(DISPATCH, COSTS, CaseLocator.read("6-bus"), 48).putInto(summary);

    assertThat(summary.get("costs").toString())
        .isEqualTo("{\"grid_purchase\":3.0,\"grid_sale\":-0.25,\"network_charge\":0.75}");
    ObjectNode energy = (ObjectNode) summary.get("energy");
    assertThat(energy.get("generatedKwh").doubleValue()).isEqualTo(6);
    assertThat(energy.get("boughtKwh").doubleValue()).isEqualTo(3);
    assertThat(energy.get("soldKwh").doubleValue()).isEqualTo(1);
    // 5 of 6 kWh stay, of 8 kWh that are used with the battery's loss
    assertThat(energy.get("selfConsumption").doubleValue()).isCloseTo(5.0 / 6, offset(1e-15));
    assertThat(energy.get("selfSufficiency").doubleValue()).isCloseTo(5.0 / 8, offset(1e-15));
    assertThat(energy.get("peakBoughtKw").doubleValue()).isEqualTo(6);
    assertThat(energy.get("peakSoldKw").doubleValue()).isEqualTo(2);
  }

  @Test
  void thereIsNothingToTellOfNoDispatch() {
    ObjectNode summary = new ObjectMapper().createObjectNode();
    new Answers(List.of(), List.of(), CaseLocator.read("6-bus"), 48).putInto(summary);
    assertThat(summary.isEmpty()).isTrue();
  }
}
