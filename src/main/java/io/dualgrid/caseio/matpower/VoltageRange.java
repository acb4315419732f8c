package io.dualgrid.caseio.matpower;

import io.dualgrid.caseio.ImportMessages;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.NumberText;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The voltage limits of a feeder from those of its buses, the tightest for all. A bus with Vmin =
 * Vmax away from the source has no range that any feeder could keep to, and counts as one without
 * limits; Vmin = 0 is no limit.
 */
final class VoltageRange {
  /** What stands for no upper limit: no device bears more. */
  private static final double NO_MAXIMUM = 2.0;

  private final boolean ranged;
  private final double minPu;
  private final double maxPu;

  VoltageRange(Collection<MBus> buses, ImportMessages messages) {
    List<MBus> fed = buses.stream().filter(bus -> bus.type() != MBus.REFERENCE).toList();
    List<MBus> ranged = fed.stream().filter(VoltageRange::hasRange).toList();
    for (MBus bus : fed) {
      if (!hasRange(bus)) {
        messages.notice(
            "bus " + bus.id(),
            "Vmin = Vmax leaves no range and is not held; only the source has a fixed voltage");
      }
    }
    Comparator<MBus> byMin = Comparator.comparingDouble(MBus::voltageMinPu);
    Comparator<MBus> byMax = Comparator.comparingDouble(MBus::voltageMaxPu);
    minPu = Math.max(0, ranged.stream().max(byMin).map(MBus::voltageMinPu).orElse(0.0));
    maxPu = Math.min(NO_MAXIMUM, ranged.stream().min(byMax).map(MBus::voltageMaxPu).orElse(2.0));
    tell(ranged, "Vmin", MBus::voltageMinPu, byMin.reversed(), messages);
    tell(ranged, "Vmax", MBus::voltageMaxPu, byMax, messages);
    long without = ranged.stream().filter(bus -> bus.voltageMinPu() <= 0).count();
    if (without > 0) {
      messages.notice("mpc.bus", "Vmin = 0 is taken as no lower limit, at " + without + " buses");
    }
    this.ranged = !ranged.isEmpty();
  }

  /** Says which limits are none where no bus has a range and tables state none either. */
  void tellMissing(NetworkLimits limits, ImportMessages messages) {
    boolean noLower = limits.voltageMinPu() <= 0;
    boolean noUpper = limits.voltageMaxPu() >= NO_MAXIMUM;
    if (!ranged && (noLower || noUpper)) {
      String missing =
          noLower && noUpper ? "no limits" : noLower ? "no lower limit" : "no upper limit";
      messages.notice("mpc.bus", "no bus has a voltage range, so that voltages have " + missing);
    }
  }

  private static boolean hasRange(MBus bus) {
    return bus.voltageMinPu() != bus.voltageMaxPu();
  }

  /** Says whose limit holds for all where they differ. */
  private static void tell(
      List<MBus> buses,
      String name,
      ToDoubleFunction<MBus> limit,
      Comparator<MBus> tightestFirst,
      ImportMessages messages) {
    MBus tightest = buses.stream().min(tightestFirst).orElse(null);
    MBus widest = buses.stream().max(tightestFirst).orElse(null);
    if (tightest != null && limit.applyAsDouble(tightest) != limit.applyAsDouble(widest)) {
      messages.notice(
          "mpc.bus",
          name
              + " differs; that of bus "
              + tightest.id()
              + ", "
              + NumberText.show(limit.applyAsDouble(tightest))
              + ", holds for every bus, though bus "
              + widest.id()
              + " has "
              + NumberText.show(limit.applyAsDouble(widest)));
    }
  }

  double minPu() {
    return minPu;
  }

  double maxPu() {
    return maxPu;
  }
}
