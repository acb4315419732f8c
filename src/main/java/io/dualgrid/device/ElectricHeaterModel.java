package io.dualgrid.device;

import io.dualgrid.device.DeviceSpec.ElectricHeater;

/** −Pmax ≤ P ≤ 0, H = −η·P, no reactive power. */
record ElectricHeaterModel(ElectricHeater spec) implements DeviceModel {

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] power = program.variables(-horizon.perUnit(spec.powerMaxKw()), 0.0);
    program.supply(Carrier.ACTIVE, power, 1.0);
    program.supply(Carrier.HEAT, power, -spec.efficiency());
    double base = horizon.basePowerKw();
    program.quantity(label, "P", "kW", power, base);
    program.quantity(label, "H", "kW", power, -spec.efficiency() * base);
  }
}
