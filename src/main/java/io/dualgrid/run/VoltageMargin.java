package io.dualgrid.run;

import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.powerflow.BrokenLimit;
import io.dualgrid.powerflow.FlowSolution;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.site.GridCase;
import java.util.Locale;

/**
 * How far inside of its voltage limits a case is planned: voltageMinPu + lowPu ≤ V ≤ voltageMaxPu −
 * highPu at every node but the root, in LinDistFlow. What the AC power flow then adds should stay
 * within.
 *
 * @param lowPu at the lower limit, p.u.
 * @param highPu at the upper limit, p.u.
 */
public record VoltageMargin(double lowPu, double highPu) {
  /** None at all. */
  public static final VoltageMargin NONE = new VoltageMargin(0.0, 0.0);

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException when one is negative or no number
   */
  public VoltageMargin {
    if (!(lowPu >= 0.0 && highPu >= 0.0)) {
      throw new IllegalArgumentException("a margin below 0: " + lowPu + ", " + highPu);
    }
  }

  /** Whether a range is left, with the voltage of the root in it. */
  public boolean leavesRoom(GridCase gridCase) {
    NetworkLimits limits = gridCase.limits();
    double low = limits.voltageMinPu() + lowPu;
    double high = limits.voltageMaxPu() - highPu;
    return low < high && low <= limits.rootVoltagePu() && limits.rootVoltagePu() <= high;
  }

  /** The case with its limits tightened. */
  public GridCase tighten(GridCase gridCase) {
    NetworkLimits limits = gridCase.limits();
    return gridCase.withLimits(
        limits.withVoltages(limits.voltageMinPu() + lowPu, limits.voltageMaxPu() - highPu));
  }

  /**
   * Grown, side by side, to the largest difference of an AC voltage that breaks a limit of the
   * study from the voltage that was planned there: planned that much inside, it would not have.
   */
  public VoltageMargin grown(FlowStudy study) {
    double least = study.limits().voltageMinPu() - BrokenLimit.TOLERANCE;
    double most = study.limits().voltageMaxPu() + BrokenLimit.TOLERANCE;
    double low = lowPu;
    double high = highPu;
    for (int step = 0; step < study.steps().size(); step++) {
      FlowSolution flow = study.steps().get(step);
      for (int node = 0; flow.converged() && node < study.nodeCount(); node++) {
        double voltage = flow.voltagePu()[node];
        double above = voltage - study.plannedVoltagePu()[step][node];
        if (voltage < least) {
          low = Math.max(low, -above);
        } else if (voltage > most) {
          high = Math.max(high, above);
        }
      }
    }
    return new VoltageMargin(low, high);
  }

  /** The limits of a case with this margin, for people. */
  public String limits(GridCase gridCase) {
    return String.format(
        Locale.ROOT,
        "%.4f to %.4f p.u.",
        gridCase.limits().voltageMinPu() + lowPu,
        gridCase.limits().voltageMaxPu() - highPu);
  }
}
