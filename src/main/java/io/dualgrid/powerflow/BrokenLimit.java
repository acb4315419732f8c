package io.dualgrid.powerflow;

import io.dualgrid.powerflow.FlowStudy.Extreme;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A kind of limit that a dispatch breaks in AC, with the place where it breaks it most.
 *
 * @param kind of limit
 * @param limit at that place, in p.u. or kVA
 * @param value there, in the same unit
 * @param worst place, and by how much, in p.u. or as a share of the rating
 * @param places number of nodes or lines
 * @param times number of nodes or lines over all steps
 */
public record BrokenLimit(
    Kind kind, double limit, double value, Extreme worst, int places, int times) {

  /** By how much a limit must be broken to count: p.u. of voltage, or share of a rating. */
  public static final double TOLERANCE = 1e-4;

  /** What can be broken. */
  public enum Kind {
    /** A voltage below voltageMinPu. */
    VOLTAGE_LOW,
    /** A voltage above voltageMaxPu. */
    VOLTAGE_HIGH,
    /** An apparent power above the rating of its line. */
    RATING
  }

  /** Every kind that is broken, at most one of each. */
  public static List<BrokenLimit> of(FlowStudy study) {
    List<BrokenLimit> broken = new ArrayList<>();
    double low = study.limits().voltageMinPu();
    double high = study.limits().voltageMaxPu();
    Count below = count(study, (flow, node) -> low - flow.voltagePu()[node]);
    Count above = count(study, (flow, node) -> flow.voltagePu()[node] - high);
    Count over = count(study, (flow, node) -> study.loading(flow, node) - 1.0);
    below.addTo(broken, Kind.VOLTAGE_LOW, low, excess -> low - excess);
    above.addTo(broken, Kind.VOLTAGE_HIGH, high, excess -> high + excess);
    if (over.times > 0) {
      double rating = study.line(over.worst.node()).ratingKva();
      over.addTo(broken, Kind.RATING, rating, excess -> rating * (1.0 + excess));
    }
    return broken;
  }

  /** By how much a limit is broken; not positive where it holds. */
  private interface Excess {
    double of(FlowSolution flow, int node);
  }

  private static Count count(FlowStudy study, Excess excess) {
    Count count = new Count();
    for (int node = 0; node < study.nodeCount(); node++) {
      boolean broken = false;
      for (int step = 0; step < study.steps().size(); step++) {
        FlowSolution flow = study.steps().get(step);
        double by = flow.converged() ? excess.of(flow, node) : 0.0;
        if (by > TOLERANCE) {
          broken = true;
          count.times++;
          if (by > count.worst.value()) {
            count.worst = new Extreme(by, node, step);
          }
        }
      }
      count.places += broken ? 1 : 0;
    }
    return count;
  }

  private static final class Count {
    private Extreme worst = new Extreme(0.0, 0, 0);
    private int places;
    private int times;

    void addTo(List<BrokenLimit> broken, Kind kind, double limit, DoubleUnaryOperator value) {
      if (times > 0) {
        broken.add(
            new BrokenLimit(kind, limit, value.applyAsDouble(worst.value()), worst, places, times));
      }
    }
  }
}
