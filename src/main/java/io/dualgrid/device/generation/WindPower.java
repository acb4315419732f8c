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

/** Wind power, curtailable: 0 ≤ P ≤ profile, |Q| ≤ P·tan(acos powerFactorMin). */
public record WindPower(Profile availableKw, double powerFactorMin) implements DeviceSpec {
  private static final String KIND = "WP";

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
      super("Wind power");
    }

    @Override
    public String name() {
      return KIND;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return WindPower.class;
    }

    @Override
    public String label() {
      return "wind power";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.SKY;
    }

    @Override
    public List<String> profileFiles() {
      return List.of("wp.csv", "wp_data.csv");
    }

    @Override
    public List<String> spellings() {
      return List.of("wp", "pw");
    }
  }
}
