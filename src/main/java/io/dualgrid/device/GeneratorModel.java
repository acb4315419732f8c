package io.dualgrid.device;

import io.dualgrid.device.DeviceSpec.Generator;

/** powerMin ≤ P ≤ powerMax, reactiveMin ≤ Q ≤ reactiveMax; cost costPerKwh·P·dt. */
record GeneratorModel(Generator spec) implements DeviceModel {

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] power =
        program.variables(horizon.perUnit(spec.powerMinKw()), horizon.perUnit(spec.powerMaxKw()));
    int[] reactive =
        program.variables(
            horizon.perUnit(spec.reactiveMinKvar()), horizon.perUnit(spec.reactiveMaxKvar()));
    for (int variable : power) {
      program.cost(variable, spec.costPerKwh() * horizon.stepHours());
    }
    program.supply(Carrier.ACTIVE, power, 1.0);
    program.supply(Carrier.REACTIVE, reactive, 1.0);
    program.quantity(label, "P", "kW", power, horizon.basePowerKw());
    program.quantity(label, "Q", "kvar", reactive, horizon.basePowerKw());
  }
}
