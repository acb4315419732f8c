package io.dualgrid.device;

import io.dualgrid.device.DeviceSpec.Battery;

/** A battery with separate charging and discharging power, see {@link StorageRows}. */
record BatteryModel(Battery spec) implements DeviceModel {

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    double powerMax = horizon.perUnit(spec.powerMaxKw());
    int[] charge = program.variables(0.0, powerMax);
    int[] discharge = program.variables(0.0, powerMax);
    int[] reactiveCharge = program.reactiveWithin(charge, 1.0, spec.powerFactorMin());
    int[] reactiveDischarge = program.reactiveWithin(discharge, 1.0, spec.powerFactorMin());
    int[] energy =
        StorageRows.add(
            program,
            charge,
            discharge,
            horizon.perUnit(spec.energyMaxKwh()),
            horizon.perUnit(spec.energyStartKwh()),
            spec.lossPerHour(),
            spec.chargeEfficiency(),
            spec.dischargeEfficiency());
    program.supply(Carrier.ACTIVE, discharge, 1.0);
    program.supply(Carrier.ACTIVE, charge, -1.0);
    program.supply(Carrier.REACTIVE, reactiveDischarge, 1.0);
    program.supply(Carrier.REACTIVE, reactiveCharge, -1.0);
    double base = horizon.basePowerKw();
    program.quantity(label, "P_charge", "kW", charge, base);
    program.quantity(label, "P_discharge", "kW", discharge, base);
    program.quantity(label, "Q_charge", "kvar", reactiveCharge, base);
    program.quantity(label, "Q_discharge", "kvar", reactiveDischarge, base);
    program.quantity(label, "E", "kWh", energy, base);
  }
}
