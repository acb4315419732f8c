package io.dualgrid.consensus;

import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Penalties of each line from the topology and the impedances alone, which are public.
 *
 * <p>Injections are given at the nodes and the root is slack, so a flow is settled from below: its
 * penalty falls towards the root, as 1/g with g(i) = 1 + κ Σ g(child). The voltage is given at the
 * root, so it is settled from above: its penalty grows towards the root, as h(i) = max(1, κ Σ
 * h(child)). With geometric weights the angle between the two blocks' constraint sets does not
 * close with the depth of the feeder, which it does with equal ones. The ranges are clipped, and
 * all voltage penalties are scaled so that at no node do they weigh more than a small part of the
 * flow penalties they act against through the drop R·P + X·Q, lest voltages drag flows along.
 *
 * <p>All of this is for lines that carry prices alone. Beside a hub, which carries the uniform part
 * of them, penalties are a fifth ({@link #share}): 28 feeders of 6 to 200 nodes, some of the
 * literature and made-up ones of all shapes, take 1,160 iterations in sum then, 1,200 with a
 * quarter, 1,420 with all.
 */
public final class LineWeights {
  private static final double KAPPA = 1.2;

  /** Penalty of a flow at the leaves for each hour of a step, thousand units of money per p.u.². */
  private static final double LARGEST_FLOW_PENALTY_PER_HOUR = 3.0;

  private static final double SHARE_BESIDE_HUB = 0.2;
  private static final double RANGE = 1000.0;
  private static final double DRAG = 0.01;
  private static final double LARGEST_VOLTAGE_PENALTY = 100.0;

  /** Voltages are weighed in per cent, so that drops and flows are of one size. */
  private static final double PER_CENT_SQUARED = 1e4;

  private final Map<Line, Double> flow = new HashMap<>();
  private final Map<Line, Double> voltage = new HashMap<>();

  /**
   * For a tree.
   *
   * @param baseImpedanceOhm base of the per-unit system
   * @param stepHours length of a step; costs, and so penalties, grow with it
   */
  public LineWeights(FeederTree tree, double baseImpedanceOhm, double stepHours) {
    Map<Integer, Double> g = new HashMap<>();
    Map<Integer, Double> h = new HashMap<>();
    List<Integer> topDown = tree.topDown();
    double leastG = Double.POSITIVE_INFINITY;
    double largestH = 1.0;
    for (int k = topDown.size() - 1; k > 0; k--) {
      int node = topDown.get(k);
      double sumG = 0.0;
      double sumH = 0.0;
      for (Line child : tree.childLines(node)) {
        sumG += g.get(child.to());
        sumH += h.get(child.to());
      }
      g.put(node, 1.0 + KAPPA * sumG);
      h.put(node, Math.max(1.0, KAPPA * sumH));
      leastG = Math.min(leastG, g.get(node));
      largestH = Math.max(largestH, h.get(node));
    }
    double largestFlow = LARGEST_FLOW_PENALTY_PER_HOUR * stepHours;
    for (int k = 1; k < topDown.size(); k++) {
      int node = topDown.get(k);
      Line line = tree.parentLine(node);
      flow.put(line, largestFlow * Math.max(leastG / g.get(node), 1.0 / RANGE));
      voltage.put(line, Math.max(h.get(node) / largestH, 1.0 / RANGE));
    }
    double drag = largestDrag(tree, 100.0 / baseImpedanceOhm);
    double scale = drag > 0 ? DRAG / drag : 1.0;
    voltage.replaceAll(
        (line, weight) -> PER_CENT_SQUARED * Math.min(scale * weight, LARGEST_VOLTAGE_PENALTY));
  }

  /** The largest ratio, over inner nodes, of voltage to flow stiffness through the line above. */
  private double largestDrag(FeederTree tree, double perCentDropPerOhm) {
    double largest = 0.0;
    for (int node : tree.topDown()) {
      Line line = tree.parentLine(node);
      List<Line> children = tree.childLines(node);
      if (line == null || children.isEmpty()) {
        continue;
      }
      double voltageBelow = 0.0;
      double flowBelow = 0.0;
      for (Line child : children) {
        voltageBelow += voltage.get(child);
        flowBelow += 1.0 / flow.get(child);
      }
      double voltageStiffness = 1.0 / (1.0 / voltage.get(line) + 1.0 / voltageBelow);
      double flowStiffness = flow.get(line) + 1.0 / flowBelow;
      double resistance = perCentDropPerOhm * line.resistanceOhm();
      double reactance = perCentDropPerOhm * line.reactanceOhm();
      double impedanceSquared = resistance * resistance + reactance * reactance;
      largest = Math.max(largest, voltageStiffness * impedanceSquared / flowStiffness);
    }
    return largest;
  }

  /**
   * By what all penalties are to be multiplied.
   *
   * @param hub whether there is one
   */
  public static double share(boolean hub) {
    return hub ? SHARE_BESIDE_HUB : 1.0;
  }

  /** Penalty of P and Q of a line, thousand units of money per p.u.². */
  public double flow(Line line) {
    return flow.get(line);
  }

  /** Penalty of V of a line, thousand units of money per p.u.². */
  public double voltage(Line line) {
    return voltage.get(line);
  }
}
