package io.dualgrid.device;

/** Photovoltaic or wind power, curtailable: 0 ≤ P ≤ profile, |Q| ≤ P·tan(acos powerFactorMin). */
record Renewable(Profile availableKw, double powerFactorMin) implements DeviceModel {

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
}
