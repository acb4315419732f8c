package io.dualgrid.device;

import io.dualgrid.device.DeviceSpec.Shunt;

/** P = −conductanceKw, Q = susceptanceKvar: a shunt at nominal voltage. */
record ShuntModel(Shunt spec) implements DeviceModel {

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    program.supplyFixed(Carrier.ACTIVE, horizon.constant(-horizon.perUnit(spec.conductanceKw())));
    program.supplyFixed(
        Carrier.REACTIVE, horizon.constant(horizon.perUnit(spec.susceptanceKvar())));
    program.fixedQuantity(label, "P", "kW", horizon.constant(-spec.conductanceKw()));
    program.fixedQuantity(label, "Q", "kvar", horizon.constant(spec.susceptanceKvar()));
  }
}
