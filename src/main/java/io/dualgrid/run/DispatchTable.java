package io.dualgrid.run;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.DispatchQuantity;
import io.dualgrid.device.Port;
import io.dualgrid.feeder.NetworkLimits;
import java.util.ArrayList;
import java.util.List;

/** Turns solutions into the series of the dispatch table. */
final class DispatchTable {
  private static final String[] NAMES = {"P", "Q", "V"};

  private DispatchTable() {}

  /** The series of one energy system's devices and bus. */
  static List<DispatchSeries> ofNode(DesProgram program, double[] x) {
    List<DispatchSeries> series = new ArrayList<>();
    int steps = program.horizon().steps();
    for (DispatchQuantity quantity : program.quantities()) {
      double[] values = new double[steps];
      for (int t = 0; t < steps; t++) {
        values[t] = quantity.value(x, t);
      }
      series.add(
          new DispatchSeries(
              Integer.toString(program.nodeId()),
              quantity.device(),
              quantity.name(),
              quantity.unit(),
              values));
    }
    return series;
  }

  /**
   * The series of one copy of a line's P, Q and V.
   *
   * @param copy upstream, downstream or z
   * @param boundary P, then Q, then the level of V, per unit, length 3 · steps
   */
  static List<DispatchSeries> ofLine(
      Port port, String copy, double[] boundary, NetworkLimits limits) {
    List<DispatchSeries> series = new ArrayList<>();
    int steps = boundary.length / 3;
    String[] units = {"kW", "kvar", "p.u."};
    for (int quantity = 0; quantity < 3; quantity++) {
      double[] values = new double[steps];
      for (int t = 0; t < steps; t++) {
        double value = boundary[quantity * steps + t];
        values[t] =
            quantity == 2 ? limits.voltageForm().voltage(value) : limits.basePowerKw() * value;
      }
      series.add(
          new DispatchSeries(
              port.line().from() + "-" + port.line().to(),
              "line",
              NAMES[quantity] + "_" + copy,
              units[quantity],
              values));
    }
    return series;
  }
}
