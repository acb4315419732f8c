package io.dualgrid.device.generation;

import io.dualgrid.device.Carrier;
import io.dualgrid.device.DesProgramBuilder;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Profile;

/** What photovoltaic and wind power have in common: curtailable below a profile. */
final class Renewable {
  private Renewable() {}

  static void add(
      DesProgramBuilder program, String label, Profile availableKw, double powerFactorMin) {
    Horizon horizon = program.horizon();
    int[] power = program.variables(horizon.constant(0.0), horizon.perUnit(availableKw));
    int[] reactive = program.reactiveWithin(power, 1.0, powerFactorMin);
    program.supply(Carrier.ACTIVE, power, 1.0);
    program.supply(Carrier.REACTIVE, reactive, 1.0);
    program.quantity(label, "P", "kW", power, horizon.basePowerKw());
    program.quantity(label, "Q", "kvar", reactive, horizon.basePowerKw());
  }
}
