package io.dualgrid.device.load;

import io.dualgrid.device.CapacitySum;
import io.dualgrid.device.Carrier;
import io.dualgrid.device.CeilingSum;
import io.dualgrid.device.ChartColour;
import io.dualgrid.device.DesProgramBuilder;
import io.dualgrid.device.DeviceFields;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.HeatMeans;
import io.dualgrid.device.Profile;
import io.dualgrid.device.ProfileDriver;
import io.dualgrid.device.ProfileSign;
import io.dualgrid.device.PublishedNames;
import io.dualgrid.device.ReferenceSchedule;
import io.dualgrid.device.SupplyRange;
import java.util.List;
import java.util.Optional;

/** Heat load, served exactly by the devices of the same node: H = −profile. */
public record HeatLoad(Profile heatKw) implements DeviceSpec {
  /** Electric power that a unit of heat may take: a heat pump's, roughly. */
  private static final double POWER_PER_HEAT = 1.0 / 3.0;

  private static final String KIND = "H_load";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Optional<ProfileDriver> driver() {
    return Optional.of(ProfileDriver.HEAT);
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    FixedLoad.add(program, label, Carrier.HEAT, heatKw, "H", "kW");
  }

  @Override
  public void addCapacity(CapacitySum sum) {
    sum.other(heatKw, POWER_PER_HEAT);
  }

  @Override
  public void addCeiling(CeilingSum sum) {
    // what makes the heat draws the power
  }

  @Override
  public void addSupply(SupplyRange range) {
    // takes heat alone
  }

  @Override
  public ProfileSign profileSign() {
    return ProfileSign.NEGATIVE_IS_REFUSED;
  }

  @Override
  public void addHeat(HeatMeans means) {
    means.load(heatKw);
  }

  @Override
  public void addReference(ReferenceSchedule schedule) {
    schedule.heat(heatKw);
  }

  /** What is said of the kind once, whatever the device. */
  public static final class Kind implements DeviceKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return HeatLoad.class;
    }

    @Override
    public DeviceFields fields() {
      return DeviceFields.of(
              "Heat load", "H = −heatKw, served exactly by the devices of the same node.")
          .profile("heatKw", "the heat drawn in kW, not negative");
    }

    @Override
    public String label() {
      return "heat load";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.INK;
    }

    @Override
    public List<String> profileFiles() {
      return List.of("h_load.csv", "h_load_data.csv");
    }

    @Override
    public List<String> spellings() {
      return List.of("hload");
    }

    @Override
    public Optional<PublishedNames> published() {
      return Optional.of(PublishedNames.profile("heatKw", 0));
    }
  }
}
