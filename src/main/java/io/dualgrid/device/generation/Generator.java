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
import io.dualgrid.device.Horizon;
import io.dualgrid.device.SupplyRange;
import java.util.Map;

/**
 * Generator: powerMinKw ≤ P ≤ powerMaxKw, reactiveMinKvar ≤ Q ≤ reactiveMaxKvar; cost
 * costPerKwh·P·dt.
 */
public record Generator(
    double powerMinKw,
    double powerMaxKw,
    double reactiveMinKvar,
    double reactiveMaxKvar,
    double costPerKwh)
    implements DeviceSpec {
  private static final String KIND = "GEN";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] power = program.variables(horizon.perUnit(powerMinKw), horizon.perUnit(powerMaxKw));
    int[] reactive =
        program.variables(horizon.perUnit(reactiveMinKvar), horizon.perUnit(reactiveMaxKvar));
    program.cost(label, CostPart.GENERATION, power, horizon.constant(costPerKwh));
    program.supply(Carrier.ACTIVE, power, 1.0);
    program.supply(Carrier.REACTIVE, reactive, 1.0);
    program.quantity(label, "P", "kW", power, horizon.basePowerKw());
    program.quantity(label, "Q", "kvar", reactive, horizon.basePowerKw());
  }

  @Override
  public void addCapacity(CapacitySum sum) {
    sum.other(Math.max(powerMaxKw, -powerMinKw));
  }

  @Override
  public void addCeiling(CeilingSum sum) {
    sum.supply(Math.max(0.0, powerMaxKw));
    sum.draw(Math.max(0.0, -powerMinKw));
    sum.cost(sum.hours() * Math.max(costPerKwh * powerMaxKw, costPerKwh * powerMinKw));
  }

  @Override
  public void addSupply(SupplyRange range) {
    range.active(powerMinKw, powerMaxKw);
    range.reactive(reactiveMinKvar, reactiveMaxKvar);
  }

  @Override
  public void check(DeviceCheck check) {
    check.range("powerMaxKw", powerMaxKw, "powerMinKw", powerMinKw);
    check.range("reactiveMaxKvar", reactiveMaxKvar, "reactiveMinKvar", reactiveMinKvar);
  }

  /** What is said of the kind once, whatever the device. */
  public static final class Kind implements DeviceKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return Generator.class;
    }

    @Override
    public DeviceFields fields() {
      return DeviceFields.of(
              "Generator",
              "powerMinKw ≤ P ≤ powerMaxKw, reactiveMinKvar ≤ Q ≤ reactiveMaxKvar; cost costPerKwh·P·dt.")
          .number("powerMinKw", "the smallest electric power in kW; it is always on", 0)
          .number("powerMaxKw", "the largest electric power in kW, at least powerMinKw", 1000)
          .number("reactiveMinKvar", "the smallest reactive power fed in in kvar", -500)
          .number(
              "reactiveMaxKvar",
              "the largest reactive power fed in in kvar, at least reactiveMinKvar",
              500)
          .number("costPerKwh", "the cost of what it supplies in currency per kWh", 0.1);
    }

    @Override
    public String label() {
      return "generator";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.BROWN;
    }

    @Override
    public Map<String, Double> defaults() {
      return Map.of("powerMinKw", 0.0, "reactiveMinKvar", 0.0, "reactiveMaxKvar", 0.0);
    }
  }
}
