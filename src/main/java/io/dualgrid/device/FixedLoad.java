package io.dualgrid.device;

/** A load that is served exactly: its balance gets −profile. */
record FixedLoad(Carrier carrier, Profile profile, String quantity, String unit)
    implements DeviceModel {

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    double[] load = horizon.perUnit(profile);
    double[] supplied = new double[load.length];
    double[] kilo = new double[load.length];
    for (int t = 0; t < load.length; t++) {
      supplied[t] = -load[t];
      kilo[t] = -load[t] * horizon.basePowerKw();
    }
    program.supplyFixed(carrier, supplied);
    program.fixedQuantity(label, quantity, unit, kilo);
  }
}
