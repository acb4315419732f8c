package io.dualgrid.device.grid;

import io.dualgrid.device.CapacitySum;
import io.dualgrid.device.Carrier;
import io.dualgrid.device.CeilingSum;
import io.dualgrid.device.ChartColour;
import io.dualgrid.device.DesProgramBuilder;
import io.dualgrid.device.DeviceFields;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.SupplyRange;
import java.util.Map;

/** Shunt element at its nominal voltage: P = −conductanceKw, Q = susceptanceKvar. */
public record Shunt(double conductanceKw, double susceptanceKvar) implements DeviceSpec {
  private static final String KIND = "SH";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    program.supplyFixed(Carrier.ACTIVE, horizon.constant(-horizon.perUnit(conductanceKw)));
    program.supplyFixed(Carrier.REACTIVE, horizon.constant(horizon.perUnit(susceptanceKvar)));
    program.fixedQuantity(label, "P", "kW", horizon.constant(-conductanceKw));
    program.fixedQuantity(label, "Q", "kvar", horizon.constant(susceptanceKvar));
  }

  @Override
  public void addCapacity(CapacitySum sum) {
    sum.active(conductanceKw);
    sum.reactive(susceptanceKvar);
  }

  @Override
  public void addCeiling(CeilingSum sum) {
    sum.draw(Math.max(0.0, conductanceKw));
    sum.supply(Math.max(0.0, -conductanceKw));
  }

  @Override
  public void addSupply(SupplyRange range) {
    range.active(-conductanceKw, -conductanceKw);
    range.reactive(susceptanceKvar, susceptanceKvar);
  }

  /** What is said of the kind once, whatever the device. */
  public static final class Kind implements DeviceKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return Shunt.class;
    }

    @Override
    public DeviceFields fields() {
      return DeviceFields.of(
              "Shunt element",
              "P = −conductanceKw, Q = susceptanceKvar: a capacitor, a reactor or the charging of lines, taken at nominal voltage.")
          .number("conductanceKw", "the active power drawn at nominal voltage in kW", 0)
          .number(
              "susceptanceKvar",
              "the reactive power fed in at nominal voltage in kvar, negative for a reactor",
              600);
    }

    @Override
    public String label() {
      return "shunt";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.GREY;
    }

    @Override
    public Map<String, Double> defaults() {
      return Map.of("conductanceKw", 0.0);
    }
  }
}
