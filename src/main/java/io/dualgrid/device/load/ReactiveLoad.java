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
import io.dualgrid.device.PublishedNames;
import io.dualgrid.device.ReferenceSchedule;
import io.dualgrid.device.SupplyRange;
import java.util.List;
import java.util.Optional;

/** Reactive load, served exactly: Q = −profile. */
public record ReactiveLoad(Profile powerKvar) implements DeviceSpec {
  private static final String KIND = "Q_load";

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
    FixedLoad.add(program, label, Carrier.REACTIVE, powerKvar, "Q", "kvar");
  }

  @Override
  public void addCapacity(CapacitySum sum) {
    sum.reactive(powerKvar);
  }

  @Override
  public void addCeiling(CeilingSum sum) {
    // reactive power costs nothing
  }

  @Override
  public void addSupply(SupplyRange range) {
    range.drawReactive(powerKvar);
  }

  @Override
  public void addReference(ReferenceSchedule schedule) {
    schedule.drawReactive(powerKvar);
  }

  /** What is said of the kind once, whatever the device. */
  public static final class Kind implements DeviceKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return ReactiveLoad.class;
    }

    @Override
    public DeviceFields fields() {
      return DeviceFields.of("Reactive load", "Q = −powerKvar, served exactly.")
          .profile("powerKvar", "the reactive power drawn in kvar; negative when it feeds in");
    }

    @Override
    public String label() {
      return "reactive load";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.INK;
    }

    @Override
    public List<String> profileFiles() {
      return List.of("q_load.csv", "q_load_data.csv");
    }

    @Override
    public List<String> spellings() {
      return List.of("qload");
    }

    @Override
    public Optional<PublishedNames> published() {
      return Optional.of(PublishedNames.profile("powerKvar", 0));
    }
  }
}
