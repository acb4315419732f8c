package io.dualgrid.edge;

import io.dualgrid.consensus.Stopping;

/** Mismatch and change of one energy system in the sense of a stopping rule. */
final class Residuals {
  /** The published rule divides voltages in p.u. by a thousand, as if they were kilowatts. */
  private static final double PUBLISHED_VOLTAGE_SCALE = 1e-3;

  private final Stopping rule;

  Residuals(Stopping rule) {
    this.rule = rule;
  }

  /** Largest ‖x − z‖₂, see {@link Stopping}. */
  double primal(EdgeSystem edge) {
    return largest(edge, true);
  }

  /** Largest ‖x − previous x‖₂, see {@link Stopping}. */
  double dual(EdgeSystem edge) {
    return largest(edge, false);
  }

  /** Number of line ends with a mismatch above the tolerance. */
  int endsAbove(EdgeSystem edge) {
    int count = 0;
    for (LineEnd end : edge.ends()) {
      double mismatch =
          rule == Stopping.STRICT
              ? Math.max(end.mismatch(0), Math.max(end.mismatch(1), end.mismatch(2)))
              : Math.max(end.mismatch(0), end.mismatch(2) * PUBLISHED_VOLTAGE_SCALE);
      if (mismatch >= Stopping.TOLERANCE) {
        count++;
      }
    }
    return count;
  }

  private double largest(EdgeSystem edge, boolean mismatch) {
    double largest = 0.0;
    double childActive = 0.0;
    double childVoltage = 0.0;
    for (LineEnd end : edge.ends()) {
      double active = mismatch ? end.mismatch(0) : end.change(0);
      double voltage = mismatch ? end.mismatch(2) : end.change(2);
      if (rule == Stopping.STRICT) {
        double reactive = mismatch ? end.mismatch(1) : end.change(1);
        largest = Math.max(largest, Math.max(active, Math.max(reactive, voltage)));
      } else if (end.port.downstream()) {
        largest = Math.max(active, voltage * PUBLISHED_VOLTAGE_SCALE);
      } else {
        // the published norm runs over all children of a node at once
        childActive = Math.hypot(childActive, active);
        childVoltage = Math.hypot(childVoltage, voltage);
      }
    }
    return Math.max(largest, Math.max(childActive, childVoltage * PUBLISHED_VOLTAGE_SCALE));
  }
}
