package io.dualgrid.device.load;

import io.dualgrid.device.CapacitySum;
import io.dualgrid.device.Carrier;
import io.dualgrid.device.CeilingSum;
import io.dualgrid.device.ChartColour;
import io.dualgrid.device.CostPart;
import io.dualgrid.device.DesProgramBuilder;
import io.dualgrid.device.DeviceFields;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.SupplyRange;
import java.util.Map;

/**
 * Load that is served where that is worth it: −powerMaxKw ≤ P ≤ 0, Q = reactivePerPower·P; cost
 * valuePerKwh·P·dt, so that what is served counts as a gain.
 */
public record DispatchableLoad(double powerMaxKw, double reactivePerPower, double valuePerKwh)
    implements DeviceSpec {
  private static final String KIND = "DL";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] power = program.variables(-horizon.perUnit(powerMaxKw), 0.0);
    program.cost(label, CostPart.SERVED_LOAD, power, horizon.constant(valuePerKwh));
    program.supply(Carrier.ACTIVE, power, 1.0);
    program.supply(Carrier.REACTIVE, power, reactivePerPower);
    double base = horizon.basePowerKw();
    program.quantity(label, "P", "kW", power, base);
    program.quantity(label, "Q", "kvar", power, reactivePerPower * base);
  }

  @Override
  public void addCapacity(CapacitySum sum) {
    sum.other(powerMaxKw);
  }

  @Override
  public void addCeiling(CeilingSum sum) {
    sum.draw(powerMaxKw);
  }

  @Override
  public void addSupply(SupplyRange range) {
    double kvar = -powerMaxKw * reactivePerPower;
    range.active(-powerMaxKw, 0);
    range.reactive(Math.min(0, kvar), Math.max(0, kvar));
  }

  /** What is said of the kind once, whatever the device. */
  public static final class Kind implements DeviceKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return DispatchableLoad.class;
    }

    @Override
    public DeviceFields fields() {
      return DeviceFields.of(
              "Dispatchable load",
              "−powerMaxKw ≤ P ≤ 0, Q = reactivePerPower·P; cost valuePerKwh·P·dt, so that what is served counts as a gain.")
          .number("powerMaxKw", "the largest electric power drawn in kW", 200)
          .atLeast(0)
          .number("reactivePerPower", "the reactive power per active power (kvar per kW)", 0.3)
          .number("valuePerKwh", "what serving it is worth in currency per kWh, not negative", 0.5)
          .atLeast(0);
    }

    @Override
    public String label() {
      return "dispatchable load";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.PINK;
    }

    @Override
    public Map<String, Double> defaults() {
      return Map.of("reactivePerPower", 0.0);
    }
  }
}
