package io.dualgrid.device;

import io.dualgrid.device.DeviceSpec.HeatPump;

/**
 * −Pmax ≤ P ≤ 0, H = −cop·P, |Q| ≤ −P·tan(acos φ). H is no variable of its own: it enters the heat
 * balance as −cop·P.
 */
record HeatPumpModel(HeatPump spec) implements DeviceModel {

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] power = program.variables(-horizon.perUnit(spec.powerMaxKw()), 0.0);
    int[] reactive = program.reactiveWithin(power, -1.0, spec.powerFactorMin());
    program.supply(Carrier.ACTIVE, power, 1.0);
    program.supply(Carrier.REACTIVE, reactive, 1.0);
    program.supply(Carrier.HEAT, power, -spec.cop());
    double base = horizon.basePowerKw();
    program.quantity(label, "P", "kW", power, base);
    program.quantity(label, "Q", "kvar", reactive, base);
    program.quantity(label, "H", "kW", power, -spec.cop() * base);
  }
}
