package io.dualgrid.device.load;

import io.dualgrid.device.CapacitySum;
import io.dualgrid.device.Carrier;
import io.dualgrid.device.CeilingSum;
import io.dualgrid.device.ChartColour;
import io.dualgrid.device.DesProgramBuilder;
import io.dualgrid.device.DeviceFields;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.ProfileDriver;
import io.dualgrid.device.ProfileSign;
import io.dualgrid.device.PublishedNames;
import io.dualgrid.device.ReferenceSchedule;
import io.dualgrid.device.SupplyRange;
import java.util.List;
import java.util.Optional;

/** Electric load, served exactly: P = −profile. Negative where it is a net load. */
public record PowerLoad(Profile powerKw) implements DeviceSpec {
  private static final String KIND = "P_load";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Optional<ProfileDriver> driver() {
    return Optional.of(ProfileDriver.LOAD);
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    FixedLoad.add(program, label, Carrier.ACTIVE, powerKw, "P", "kW");
  }

  @Override
  public void addCapacity(CapacitySum sum) {
    sum.active(powerKw);
  }

  @Override
  public void addCeiling(CeilingSum sum) {
    sum.load(powerKw);
  }

  @Override
  public void addSupply(SupplyRange range) {
    range.draw(powerKw);
  }

  @Override
  public ProfileSign profileSign() {
    return ProfileSign.NEGATIVE_IS_NAMED;
  }

  @Override
  public void addReference(ReferenceSchedule schedule) {
    schedule.draw(powerKw);
  }

  /** What is said of the kind once, whatever the device. */
  public static final class Kind implements DeviceKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return PowerLoad.class;
    }

    @Override
    public DeviceFields fields() {
      return DeviceFields.of("Electric load", "P = −powerKw, served exactly.")
          .profile("powerKw", "the power drawn in kW");
    }

    @Override
    public String label() {
      return "electric load";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.INK;
    }

    @Override
    public List<String> profileFiles() {
      return List.of("p_load.csv", "p_load_data.csv");
    }

    @Override
    public List<String> spellings() {
      return List.of("pload");
    }

    @Override
    public Optional<PublishedNames> published() {
      return Optional.of(PublishedNames.profile("powerKw", 0));
    }
  }
}
