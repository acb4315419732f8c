package io.dualgrid.device.heat;

import io.dualgrid.device.CapacitySum;
import io.dualgrid.device.Carrier;
import io.dualgrid.device.CeilingSum;
import io.dualgrid.device.ChartColour;
import io.dualgrid.device.DesProgramBuilder;
import io.dualgrid.device.DeviceCheck;
import io.dualgrid.device.DeviceFields;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.HeatMeans;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.OnOff;
import io.dualgrid.device.PublishedNames;
import io.dualgrid.device.ReferenceSchedule;
import io.dualgrid.device.SupplyRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Electric heater: −powerMaxKw ≤ P ≤ 0, H = −efficiency·P, no reactive power; where asked for, −P
 * is zero or at least powerMinKw.
 */
public record ElectricHeater(double powerMaxKw, double efficiency, OnOff onOff)
    implements DeviceSpec {
  private static final String KIND = "EH";

  /** Without on/off operation. */
  public ElectricHeater(double powerMaxKw, double efficiency) {
    this(powerMaxKw, efficiency, OnOff.NONE);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] power = program.variables(-horizon.perUnit(powerMaxKw), 0.0);
    program.supply(Carrier.ACTIVE, power, 1.0);
    program.supply(Carrier.HEAT, power, -efficiency);
    double base = horizon.basePowerKw();
    program.quantity(label, "P", "kW", power, base);
    program.quantity(label, "H", "kW", power, -efficiency * base);
    program.onOff(label, power, -1.0, powerMaxKw, onOff);
  }

  @Override
  public void addCapacity(CapacitySum sum) {
    // counted with the heat load that it serves
  }

  @Override
  public void addCeiling(CeilingSum sum) {
    sum.draw(powerMaxKw);
    onOff.addCeiling(sum);
  }

  @Override
  public void addSupply(SupplyRange range) {
    range.active(-powerMaxKw, 0);
  }

  @Override
  public void addHeat(HeatMeans means) {
    means.source(efficiency * powerMaxKw);
  }

  @Override
  public void addReference(ReferenceSchedule schedule) {
    schedule.heater(efficiency);
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
      return ElectricHeater.class;
    }

    @Override
    public DeviceFields fields() {
      return DeviceFields.of("Electric heater", "−powerMaxKw ≤ P ≤ 0, H = −efficiency·P.")
          .number("powerMaxKw", "the largest electric power drawn in kW", 500)
          .atLeast(0)
          .number("efficiency", "the heat per electric power, above 0, at most 1", 0.95)
          .above(0)
          .atMost(1)
          .onOff();
    }

    @Override
    public String label() {
      return "electric heater";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.RED;
    }

    @Override
    public Map<String, Double> defaults() {
      return Map.of("powerMaxKw", 500.0, "efficiency", 0.95);
    }

    @Override
    public List<String> spellings() {
      return List.of("eh");
    }

    @Override
    public Optional<PublishedNames> published() {
      return Optional.of(
          PublishedNames.numbers(Map.of("P_max", "powerMaxKw", "eta", "efficiency"), 0)
              .withOnOff());
    }
  }
}
