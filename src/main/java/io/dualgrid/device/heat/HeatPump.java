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
 * Heat pump, electric (EHP) or air-source (AHP): −powerMaxKw ≤ P ≤ 0, H = −cop·P, |Q| ≤ −P·tan(acos
 * powerFactorMin). H is no variable of its own: it enters the heat balance as −cop·P. Where asked
 * for, −P is zero or at least powerMinKw.
 */
public record HeatPump(
    String kind, double powerMaxKw, double cop, double powerFactorMin, OnOff onOff)
    implements DeviceSpec {

  /** Without on/off operation. */
  public HeatPump(String kind, double powerMaxKw, double cop, double powerFactorMin) {
    this(kind, powerMaxKw, cop, powerFactorMin, OnOff.NONE);
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] power = program.variables(-horizon.perUnit(powerMaxKw), 0.0);
    int[] reactive = program.reactiveWithin(power, -1.0, powerFactorMin);
    program.supply(Carrier.ACTIVE, power, 1.0);
    program.supply(Carrier.REACTIVE, reactive, 1.0);
    program.supply(Carrier.HEAT, power, -cop);
    double base = horizon.basePowerKw();
    program.quantity(label, "P", "kW", power, base);
    program.quantity(label, "Q", "kvar", reactive, base);
    program.quantity(label, "H", "kW", power, -cop * base);
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
    double kvar = SupplyRange.reactiveOf(powerMaxKw, powerFactorMin);
    range.active(-powerMaxKw, 0);
    range.reactive(-kvar, kvar);
  }

  @Override
  public void addHeat(HeatMeans means) {
    means.source(cop * powerMaxKw);
  }

  @Override
  public void addReference(ReferenceSchedule schedule) {
    schedule.pump(powerMaxKw, cop);
  }

  @Override
  public void check(DeviceCheck check) {
    onOff.check(check, powerMaxKw);
  }

  @Override
  public Optional<Carrier> stored() {
    return onOff.stored();
  }

  private static DeviceFields fieldsOf(String title) {
    return DeviceFields.of(
            title, "−powerMaxKw ≤ P ≤ 0, H = −cop·P, |Q| ≤ −P·tan(acos(powerFactorMin)).")
        .number("powerMaxKw", "the largest electric power drawn in kW", 500)
        .atLeast(0)
        .number("cop", "the coefficient of performance, heat per electric power, above 0", 3.5)
        .above(0)
        .powerFactorMin(0.8)
        .onOff();
  }

  private static Optional<PublishedNames> publishedNames() {
    return Optional.of(
        PublishedNames.numbers(Map.of("P_max", "powerMaxKw", "cop", "cop"), 0.8).withOnOff());
  }

  /** The kind EHP. */
  public static final class Electric implements DeviceKind {
    @Override
    public String name() {
      return "EHP";
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return HeatPump.class;
    }

    @Override
    public DeviceFields fields() {
      return fieldsOf("Electric heat pump");
    }

    @Override
    public String label() {
      return "electric heat pump";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.PINK;
    }

    @Override
    public Map<String, Double> defaults() {
      return Map.of("powerMaxKw", 500.0, "cop", 3.5, "powerFactorMin", 0.8);
    }

    @Override
    public List<String> spellings() {
      return List.of("ehp");
    }

    @Override
    public Optional<PublishedNames> published() {
      return publishedNames();
    }
  }

  /** The kind AHP. */
  public static final class AirSource implements DeviceKind {
    @Override
    public String name() {
      return "AHP";
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return HeatPump.class;
    }

    @Override
    public DeviceFields fields() {
      return fieldsOf("Air-source heat pump");
    }

    @Override
    public String label() {
      return "air-source heat pump";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.PINK;
    }

    @Override
    public Map<String, Double> defaults() {
      return Map.of("powerMaxKw", 500.0, "cop", 1.78, "powerFactorMin", 0.8);
    }

    @Override
    public List<String> spellings() {
      return List.of("ahp");
    }

    @Override
    public Optional<PublishedNames> published() {
      return publishedNames();
    }
  }
}
