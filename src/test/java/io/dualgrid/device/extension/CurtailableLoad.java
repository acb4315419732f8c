package io.dualgrid.device.extension;

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
import io.dualgrid.device.Profile;
import io.dualgrid.device.ProfileSign;
import io.dualgrid.device.SupplyRange;

/**
 * Load that may be shed at a cost: P = shed − profile, 0 ≤ shed ≤ profile; cost shedPerKwh·shed·dt.
 */
public record CurtailableLoad(Profile powerKw, double shedPerKwh) implements DeviceSpec {
  @Override
  public String kind() {
    return "CL";
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    double[] load = horizon.perUnit(powerKw);
    double[] supplied = new double[load.length];
    for (int t = 0; t < load.length; t++) {
      supplied[t] = -load[t];
    }
    int[] shed = program.variables(horizon.constant(0.0), load);
    program.cost(label, CostPart.OTHER, shed, horizon.constant(shedPerKwh));
    program.supplyFixed(Carrier.ACTIVE, supplied);
    program.supply(Carrier.ACTIVE, shed, 1.0);
    program.quantity(label, "P_shed", "kW", shed, horizon.basePowerKw());
  }

  @Override
  public void addCapacity(CapacitySum sum) {
    sum.active(powerKw);
  }

  @Override
  public void addCeiling(CeilingSum sum) {
    sum.load(powerKw); // served, it is bought, and shed it is paid for: at most both
    double most = 0.0;
    for (int row = 0; row < powerKw.rawValues().length; row++) {
      most = Math.max(most, powerKw.value(row));
    }
    sum.cost(shedPerKwh * most * sum.hours());
  }

  @Override
  public void addSupply(SupplyRange range) {
    double most = 0.0;
    for (double value : powerKw.rawValues()) {
      most = Math.max(most, value * powerKw.factor());
    }
    range.active(-most, 0); // anything between all of it and nothing
  }

  @Override
  public ProfileSign profileSign() {
    return ProfileSign.NEGATIVE_IS_REFUSED;
  }

  /** What is said of the kind once, whatever the device. */
  public static final class Kind implements DeviceKind {
    @Override
    public String name() {
      return "CL";
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return CurtailableLoad.class;
    }

    @Override
    public DeviceFields fields() {
      return DeviceFields.of("Curtailable load", "P = shed − powerKw, 0 ≤ shed ≤ powerKw.")
          .profile("powerKw", "the power wanted in kW, not negative")
          .number("shedPerKwh", "the cost of what is shed in currency per kWh, not negative", 0.3)
          .atLeast(0);
    }

    @Override
    public String label() {
      return "curtailable load";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.BROWN;
    }
  }
}
