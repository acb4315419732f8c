package io.dualgrid.device.storage;

import io.dualgrid.device.DesProgramBuilder;

/** The energy balance that batteries and heat stores share. */
final class StorageRows {
  private StorageRows() {}

  /**
   * E(t) = (1 − loss·dt)·E(t−1) + dt·(gain·charge(t) − discharge(t)/yield), E before the first step
   * and after the last as the levels say, 0 ≤ E ≤ max.
   *
   * @return the block of E, the energy at the end of each step, per unit times hours
   */
  static int[] add(
      DesProgramBuilder program,
      int[] charge,
      int[] discharge,
      StoreLevels levels,
      double chargeEfficiency,
      double dischargeEfficiency) {
    double dt = program.horizon().stepHours();
    double kept = 1 - levels.lossPerHour() * dt;
    double start = program.horizon().perUnit(levels.startKwh());
    double end = program.horizon().perUnit(levels.endKwh());
    int last = program.steps() - 1;
    double[] lower = program.horizon().constant(0.0);
    double[] upper = program.horizon().constant(program.horizon().perUnit(levels.maxKwh()));
    lower[last] = end;
    upper[last] = end;
    int[] energy = program.variables(lower, upper);
    for (int t = 0; t <= last; t++) {
      double in = -dt * chargeEfficiency;
      double out = dt / dischargeEfficiency;
      if (t == 0) {
        program.row(
            new int[] {energy[0], charge[0], discharge[0]},
            new double[] {1.0, in, out},
            kept * start,
            kept * start);
      } else {
        program.row(
            new int[] {energy[t], energy[t - 1], charge[t], discharge[t]},
            new double[] {1.0, -kept, in, out},
            0.0,
            0.0);
      }
    }
    return energy;
  }
}
