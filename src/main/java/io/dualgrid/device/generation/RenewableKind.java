package io.dualgrid.device.generation;

import io.dualgrid.device.DeviceFields;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.PublishedNames;
import java.util.Map;
import java.util.Optional;

/** What is said once of each kind of plant that can be curtailed below a profile. */
abstract class RenewableKind implements DeviceKind {
  private static final double POWER_FACTOR_MIN = 0.9;

  private final String title;

  RenewableKind(String title) {
    this.title = title;
  }

  @Override
  public DeviceFields fields() {
    return DeviceFields.of(title, "0 ≤ P ≤ availableKw, |Q| ≤ P·tan(acos(powerFactorMin)).")
        .profile("availableKw", "the available power in kW, not negative")
        .number(
            "powerFactorMin",
            "the smallest power factor: |Q| is at most P·tan(acos(powerFactorMin)); above 0, at most 1",
            POWER_FACTOR_MIN)
        .above(0)
        .atMost(1);
  }

  @Override
  public Map<String, Double> defaults() {
    return Map.of("powerFactorMin", POWER_FACTOR_MIN);
  }

  @Override
  public Optional<PublishedNames> published() {
    return Optional.of(PublishedNames.profile("availableKw", POWER_FACTOR_MIN));
  }
}
