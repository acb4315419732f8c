package io.dualgrid.results;

import io.dualgrid.device.Carrier;
import io.dualgrid.run.DispatchSeries;
import java.util.Optional;

/**
 * How a series of a device counts in the balance of its node.
 *
 * @param carrier of what
 * @param role what kind of supply it is
 * @param sign 1 where a positive value supplies, −1 where it takes
 */
public record Supply(Carrier carrier, EnergyUse.Role role, int sign) {
  /** Of a series; empty where it is no power of a device. */
  public static Optional<Supply> of(DispatchSeries series) {
    if (series.device().equals("bus") || series.device().equals("line")) {
      return Optional.empty();
    }
    String[] name = series.quantity().split("_", 2);
    return carrier(name[0])
        .flatMap(
            carrier ->
                switch (name.length == 1 ? "" : name[1]) {
                  case "" -> Optional.of(new Supply(carrier, EnergyUse.Role.DEVICE, 1));
                  case "buy" -> Optional.of(new Supply(carrier, EnergyUse.Role.GRID, 1));
                  case "sell" -> Optional.of(new Supply(carrier, EnergyUse.Role.GRID, -1));
                  case "discharge", "rel" ->
                      Optional.of(new Supply(carrier, EnergyUse.Role.STORE, 1));
                  case "charge", "sto" ->
                      Optional.of(new Supply(carrier, EnergyUse.Role.STORE, -1));
                  default -> Optional.empty();
                });
  }

  private static Optional<Carrier> carrier(String letter) {
    return switch (letter) {
      case "P" -> Optional.of(Carrier.ACTIVE);
      case "Q" -> Optional.of(Carrier.REACTIVE);
      case "H" -> Optional.of(Carrier.HEAT);
      default -> Optional.empty();
    };
  }
}
