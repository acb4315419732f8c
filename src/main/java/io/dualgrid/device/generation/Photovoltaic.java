package io.dualgrid.device.generation;

import io.dualgrid.device.CapacitySum;
import io.dualgrid.device.CeilingSum;
import io.dualgrid.device.ChartColour;
import io.dualgrid.device.DesProgramBuilder;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.ProfileSign;
import io.dualgrid.device.SupplyRange;
import java.util.List;

/** Photovoltaic plant, curtailable: 0 ≤ P ≤ profile, |Q| ≤ P·tan(acos powerFactorMin). */
public record Photovoltaic(Profile availableKw, double powerFactorMin) implements DeviceSpec {
  private static final String KIND = "PV";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Renewable.add(program, label, availableKw, powerFactorMin);
  }

  @Override
  public void addCapacity(CapacitySum sum) {
    sum.other(availableKw, 1.0);
  }

  @Override
  public void addCeiling(CeilingSum sum) {
    sum.supply(availableKw);
  }

  @Override
  public void addSupply(SupplyRange range) {
    range.upTo(availableKw, powerFactorMin);
  }

  @Override
  public ProfileSign profileSign() {
    return ProfileSign.NEGATIVE_IS_REFUSED;
  }

  /** What is said of the kind once, whatever the device. */
  public static final class Kind extends RenewableKind {
    /** Stateless. */
    public Kind() {
      super("Photovoltaic plant");
    }

    @Override
    public String name() {
      return KIND;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return Photovoltaic.class;
    }

    @Override
    public String label() {
      return "photovoltaics";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.YELLOW;
    }

    @Override
    public List<String> profileFiles() {
      return List.of("pv.csv", "pv_data.csv");
    }

    @Override
    public List<String> spellings() {
      return List.of("pv");
    }
  }
}
