package io.dualgrid.device;

import io.dualgrid.device.DeviceSpec.DispatchableLoad;

/** −powerMax ≤ P ≤ 0, Q = reactivePerPower·P; every kWh served is worth valuePerKwh. */
record DispatchableLoadModel(DispatchableLoad spec) implements DeviceModel {

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] power = program.variables(-horizon.perUnit(spec.powerMaxKw()), 0.0);
    for (int variable : power) {
      program.cost(variable, spec.valuePerKwh() * horizon.stepHours());
    }
    program.supply(Carrier.ACTIVE, power, 1.0);
    program.supply(Carrier.REACTIVE, power, spec.reactivePerPower());
    double base = horizon.basePowerKw();
    program.quantity(label, "P", "kW", power, base);
    program.quantity(label, "Q", "kvar", power, spec.reactivePerPower() * base);
  }
}
