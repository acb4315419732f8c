package io.dualgrid.device.generation;

import io.dualgrid.device.CapacitySum;
import io.dualgrid.device.Carrier;
import io.dualgrid.device.CeilingSum;
import io.dualgrid.device.ChartColour;
import io.dualgrid.device.CostPart;
import io.dualgrid.device.DesProgramBuilder;
import io.dualgrid.device.DeviceCheck;
import io.dualgrid.device.DeviceFields;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.HeatMeans;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.OnOff;
import io.dualgrid.device.PublishedNames;
import io.dualgrid.device.SupplyRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Combined heat and power: 0 ≤ P ≤ powerMaxKw, |Q| ≤ P·tan(acos powerFactorMin), 0 ≤ H ≤
 * heatPerPower·P; cost gasPricePerKwh·(1 + heatPerPower)·P·dt; where asked for, P is zero or at
 * least powerMinKw.
 */
public record CombinedHeatPower(
    double powerMaxKw,
    double heatPerPower,
    double gasPricePerKwh,
    double powerFactorMin,
    OnOff onOff)
    implements DeviceSpec {
  private static final String KIND = "CHP";

  /** Without on/off operation. */
  public CombinedHeatPower(
      double powerMaxKw, double heatPerPower, double gasPricePerKwh, double powerFactorMin) {
    this(powerMaxKw, heatPerPower, gasPricePerKwh, powerFactorMin, OnOff.NONE);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] power = program.variables(0.0, horizon.perUnit(powerMaxKw));
    int[] reactive = program.reactiveWithin(power, 1.0, powerFactorMin);
    int[] heat = program.variables(0.0, Double.POSITIVE_INFINITY);
    for (int t = 0; t < power.length; t++) {
      program.row(
          new int[] {heat[t], power[t]},
          new double[] {1.0, -heatPerPower},
          Double.NEGATIVE_INFINITY,
          0.0);
    }
    double pricePerKwh = gasPricePerKwh * gasPerPower();
    program.cost(label, CostPart.FUEL, power, horizon.constant(pricePerKwh));
    program.supply(Carrier.ACTIVE, power, 1.0);
    program.supply(Carrier.REACTIVE, reactive, 1.0);
    program.supply(Carrier.HEAT, heat, 1.0);
    program.quantity(label, "P", "kW", power, horizon.basePowerKw());
    program.quantity(label, "Q", "kvar", reactive, horizon.basePowerKw());
    program.quantity(label, "H", "kW", heat, horizon.basePowerKw());
    program.onOff(label, power, 1.0, powerMaxKw, onOff);
  }

  @Override
  public void addCapacity(CapacitySum sum) {
    sum.other(powerMaxKw);
  }

  /** As its heat is made of gas, too: 1 + heatPerPower, whatever of the heat is used. */
  @Override
  public double gasPerPower() {
    return 1 + heatPerPower;
  }

  @Override
  public void addCeiling(CeilingSum sum) {
    sum.supply(powerMaxKw);
    sum.cost(gasPricePerKwh * gasPerPower() * powerMaxKw * sum.hours());
    onOff.addCeiling(sum);
  }

  @Override
  public void addSupply(SupplyRange range) {
    double kvar = SupplyRange.reactiveOf(powerMaxKw, powerFactorMin);
    range.active(0, powerMaxKw);
    range.reactive(-kvar, kvar);
  }

  @Override
  public void addHeat(HeatMeans means) {
    means.source(heatPerPower * powerMaxKw);
  }

  @Override
  public void check(DeviceCheck check) {
    onOff.check(check, powerMaxKw);
  }

  @Override
  public Optional<Carrier> stored() {
    return onOff.stored();
  }

  /** What is said of the kind once, whatever the device. */
  public static final class Kind implements DeviceKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return CombinedHeatPower.class;
    }

    @Override
    public DeviceFields fields() {
      return DeviceFields.of(
              "Combined heat and power",
              "0 ≤ P ≤ powerMaxKw, |Q| ≤ P·tan(acos(powerFactorMin)), 0 ≤ H ≤ heatPerPower·P; cost gasPricePerKwh·(1 + heatPerPower)·P·dt.")
          .number("powerMaxKw", "the largest electric power in kW", 1000)
          .atLeast(0)
          .number("heatPerPower", "the heat per electric power (kW per kW), not negative", 1.5)
          .atLeast(0)
          .number("gasPricePerKwh", "the price of the gas in currency per kWh, not negative", 0.4)
          .atLeast(0)
          .powerFactorMin(0.8)
          .onOff();
    }

    @Override
    public String label() {
      return "combined heat and power";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.ORANGE;
    }

    @Override
    public Map<String, Double> defaults() {
      return Map.of("powerMaxKw", 500.0, "heatPerPower", 1.5, "powerFactorMin", 0.8);
    }

    @Override
    public List<String> spellings() {
      return List.of("chp");
    }

    @Override
    public Optional<PublishedNames> published() {
      return Optional.of(
          PublishedNames.numbers(
                  Map.of("P_max", "powerMaxKw", "alpha", "heatPerPower", "gas_p", "gasPricePerKwh"),
                  0.8)
              .withOnOff());
    }
  }
}
