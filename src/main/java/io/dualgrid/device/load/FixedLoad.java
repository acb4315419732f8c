package io.dualgrid.device.load;

import io.dualgrid.device.Carrier;
import io.dualgrid.device.DesProgramBuilder;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Profile;

/** What loads that are served exactly have in common: the balance gets −profile. */
final class FixedLoad {
  private FixedLoad() {}

  static void add(
      DesProgramBuilder program,
      String label,
      Carrier carrier,
      Profile profile,
      String quantity,
      String unit) {
    Horizon horizon = program.horizon();
    double[] load = horizon.perUnit(profile);
    double[] kilo = new double[load.length];
    for (int t = 0; t < load.length; t++) {
      kilo[t] = -load[t] * horizon.basePowerKw();
    }
    program.load(carrier, load);
    program.fixedQuantity(label, quantity, unit, kilo);
  }
}
