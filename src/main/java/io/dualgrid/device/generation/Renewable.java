package io.dualgrid.device.generation;

import io.dualgrid.device.CapacitySum;
import io.dualgrid.device.Carrier;
import io.dualgrid.device.CeilingSum;
import io.dualgrid.device.ChartColour;
import io.dualgrid.device.DesProgramBuilder;
import io.dualgrid.device.DeviceFields;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Profile;
import io.dualgrid.device.ProfileDriver;
import io.dualgrid.device.ProfileSign;
import io.dualgrid.device.PublishedNames;
import io.dualgrid.device.SupplyRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plant that can be curtailed below what sun (PV) or wind (WP) makes available: 0 ≤ P ≤ profile,
 * |Q| ≤ P·tan(acos powerFactorMin).
 */
public record Renewable(String kind, Profile availableKw, double powerFactorMin)
    implements DeviceSpec {
  private static final String SUN = "PV";
  private static final String WIND = "WP";
  private static final double USUAL_POWER_FACTOR = 0.9;

  /** Photovoltaic plant. */
  public static Renewable photovoltaic(Profile availableKw, double powerFactorMin) {
    return new Renewable(SUN, availableKw, powerFactorMin);
  }

  /** Wind power. */
  public static Renewable wind(Profile availableKw, double powerFactorMin) {
    return new Renewable(WIND, availableKw, powerFactorMin);
  }

  @Override
  public Optional<ProfileDriver> driver() {
    return Optional.of(kind.equals(SUN) ? ProfileDriver.SUN : ProfileDriver.WIND);
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] power = program.variables(horizon.constant(0.0), horizon.perUnit(availableKw));
    int[] reactive = program.reactiveWithin(power, 1.0, powerFactorMin);
    program.supply(Carrier.ACTIVE, power, 1.0);
    program.supply(Carrier.REACTIVE, reactive, 1.0);
    program.quantity(label, "P", "kW", power, horizon.basePowerKw());
    program.quantity(label, "Q", "kvar", reactive, horizon.basePowerKw());
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

  private static DeviceFields fieldsOf(String title) {
    return DeviceFields.of(title, "0 ≤ P ≤ availableKw, |Q| ≤ P·tan(acos(powerFactorMin)).")
        .profile("availableKw", "the available power in kW, not negative")
        .powerFactorMin(USUAL_POWER_FACTOR);
  }

  private static Map<String, Double> usual() {
    return Map.of("powerFactorMin", USUAL_POWER_FACTOR);
  }

  private static Optional<PublishedNames> publishedNames() {
    return Optional.of(PublishedNames.profile("availableKw", USUAL_POWER_FACTOR));
  }

  /** The kind PV. */
  public static final class Photovoltaic implements DeviceKind {
    @Override
    public String name() {
      return SUN;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return Renewable.class;
    }

    @Override
    public DeviceFields fields() {
      return fieldsOf("Photovoltaic plant");
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
    public Map<String, Double> defaults() {
      return usual();
    }

    @Override
    public List<String> spellings() {
      return List.of("pv");
    }

    @Override
    public Optional<PublishedNames> published() {
      return publishedNames();
    }
  }

  /** The kind WP. */
  public static final class Wind implements DeviceKind {
    @Override
    public String name() {
      return WIND;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return Renewable.class;
    }

    @Override
    public DeviceFields fields() {
      return fieldsOf("Wind power");
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
    public Map<String, Double> defaults() {
      return usual();
    }

    @Override
    public List<String> spellings() {
      return List.of("wp", "pw");
    }

    @Override
    public Optional<PublishedNames> published() {
      return publishedNames();
    }
  }
}
