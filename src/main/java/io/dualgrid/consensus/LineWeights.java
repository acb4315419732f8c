package io.dualgrid.consensus;

import io.dualgrid.cases.FeederTree;
import io.dualgrid.cases.GridCase.Line;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Penalties of each line from the topology alone, which is public.
 *
 * <p>Injections are given at the nodes and the root is slack, so a flow is settled from below: its
 * penalty falls towards the root, as 1/g with g(i) = 1 + κ Σ g(child). The voltage is given at the
 * root, so it is settled from above: its penalty grows towards the root, as h(i) = max(1, κ Σ
 * h(child)). With geometric weights the angle between the two blocks' constraint sets does not
 * close with the depth of the feeder, which it does with equal ones. The voltage penalties stay far
 * below those of the flows next to them, lest voltages drag flows along.
 */
public final class LineWeights {
  private static final double KAPPA = 1.2;

  /** Cost per p.u. times 1e-3 of a flow's mismatch at a leaf, per p.u.². */
  private static final double LARGEST_FLOW_PENALTY = 1.0;

  /** Voltages are weighed in per cent, so that drops and flows are of one size. */
  private static final double PER_CENT_SQUARED = 1e4;

  private final Map<Line, Double> flow = new HashMap<>();
  private final Map<Line, Double> voltage = new HashMap<>();

  /** For a tree. */
  public LineWeights(FeederTree tree) {
    Map<Integer, Double> g = new HashMap<>();
    Map<Integer, Double> h = new HashMap<>();
    List<Integer> topDown = tree.topDown();
    double largestG = 1.0;
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
      largestG = Math.max(largestG, g.get(node));
      largestH = Math.max(largestH, h.get(node));
    }
    double leastFlow = LARGEST_FLOW_PENALTY / largestG;
    for (int k = 1; k < topDown.size(); k++) {
      int node = topDown.get(k);
      Line line = tree.parentLine(node);
      flow.put(line, LARGEST_FLOW_PENALTY / g.get(node));
      voltage.put(line, PER_CENT_SQUARED * leastFlow * h.get(node) / largestH);
    }
  }

  /** Penalty of P and Q of a line, thousand currency per p.u.². */
  public double flow(Line line) {
    return flow.get(line);
  }

  /** Penalty of V of a line, thousand currency per p.u.². */
  public double voltage(Line line) {
    return voltage.get(line);
  }
}
