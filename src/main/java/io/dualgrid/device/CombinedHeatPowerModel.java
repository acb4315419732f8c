package io.dualgrid.device;

import io.dualgrid.device.DeviceSpec.CombinedHeatPower;

/** 0 ≤ P ≤ Pmax, |Q| ≤ P·tan(acos φ), 0 ≤ H ≤ α·P; cost gas·(1 + α)·P·dt. */
record CombinedHeatPowerModel(CombinedHeatPower spec) implements DeviceModel {

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] power = program.variables(0.0, horizon.perUnit(spec.powerMaxKw()));
    int[] reactive = program.reactiveWithin(power, 1.0, spec.powerFactorMin());
    int[] heat = program.variables(0.0, Double.POSITIVE_INFINITY);
    for (int t = 0; t < power.length; t++) {
      program.row(
          new int[] {heat[t], power[t]},
          new double[] {1.0, -spec.heatPerPower()},
          Double.NEGATIVE_INFINITY,
          0.0);
      program.cost(
          power[t], spec.gasPricePerKwh() * (1 + spec.heatPerPower()) * horizon.stepHours());
    }
    program.supply(Carrier.ACTIVE, power, 1.0);
    program.supply(Carrier.REACTIVE, reactive, 1.0);
    program.supply(Carrier.HEAT, heat, 1.0);
    program.quantity(label, "P", "kW", power, horizon.basePowerKw());
    program.quantity(label, "Q", "kvar", reactive, horizon.basePowerKw());
    program.quantity(label, "H", "kW", heat, horizon.basePowerKw());
  }
}
