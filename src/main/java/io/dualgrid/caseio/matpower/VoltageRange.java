package io.dualgrid.caseio.matpower;

import java.util.List;

/**
 * The voltage limits of a feeder from those of its buses, the tightest for all. A bus with Vmin =
 * Vmax away from the source has no range that any feeder could keep to, and counts as one without
 * limits; Vmin = 0 is no limit.
 */
final class VoltageRange {
  /** What stands for no upper limit: no device bears more. */
  private static final double NO_MAXIMUM = 2.0;

  private double minPu;
  private double maxPu = NO_MAXIMUM;

  VoltageRange(List<MBus> buses, List<Integer> sources, ImportMessages messages) {
    boolean differ = false;
    boolean first = true;
    int without = 0;
    for (MBus bus : buses) {
      if (sources.contains(bus.id())) {
        continue;
      }
      if (bus.voltageMinPu() == bus.voltageMaxPu()) {
        messages.notice(
            "bus " + bus.id(),
            "Vmin = Vmax leaves no range and is not held; only the source has a fixed voltage");
        continue;
      }
      without += bus.voltageMinPu() <= 0 ? 1 : 0;
      differ |= !first && (bus.voltageMinPu() != minPu || bus.voltageMaxPu() != maxPu);
      minPu = Math.max(minPu, bus.voltageMinPu());
      maxPu = Math.min(maxPu, bus.voltageMaxPu());
      first = false;
    }
    if (differ) {
      messages.notice("mpc.bus", "Vmin and Vmax differ; the tightest hold for every bus");
    }
    if (without > 0) {
      messages.notice("mpc.bus", "Vmin = 0 is taken as no lower limit, at " + without + " buses");
    }
    if (first) {
      messages.notice("mpc.bus", "no bus has a voltage range, so that voltages have no limits");
    }
  }

  double minPu() {
    return minPu;
  }

  double maxPu() {
    return maxPu;
  }
}
