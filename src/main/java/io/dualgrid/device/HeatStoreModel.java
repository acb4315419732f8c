package io.dualgrid.device;

import io.dualgrid.device.DeviceSpec.HeatStore;

/** A heat store with separate storing and releasing power, see {@link StorageRows}. */
record HeatStoreModel(HeatStore spec) implements DeviceModel {

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    double heatMax = horizon.perUnit(spec.heatMaxKw());
    int[] store = program.variables(0.0, heatMax);
    int[] release = program.variables(0.0, heatMax);
    int[] energy =
        StorageRows.add(
            program,
            store,
            release,
            horizon.perUnit(spec.energyMaxKwh()),
            horizon.perUnit(spec.energyStartKwh()),
            spec.lossPerHour(),
            1.0,
            1.0);
    program.supply(Carrier.HEAT, release, 1.0);
    program.supply(Carrier.HEAT, store, -1.0);
    double base = horizon.basePowerKw();
    program.quantity(label, "H_sto", "kW", store, base);
    program.quantity(label, "H_rel", "kW", release, base);
    program.quantity(label, "E", "kWh", energy, base);
  }
}
