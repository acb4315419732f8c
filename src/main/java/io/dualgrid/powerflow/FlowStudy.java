package io.dualgrid.powerflow;

import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The power flows of all steps of a dispatch, beside the voltages that it was planned with.
 *
 * @param tree the feeder
 * @param limits of the case
 * @param stepHours length of a step
 * @param plannedVoltagePu voltage of LinDistFlow by step and node, nodes as in {@code
 *     tree.topDown()}
 * @param steps the flow of each step
 */
public record FlowStudy(
    FeederTree tree,
    NetworkLimits limits,
    double stepHours,
    double[][] plannedVoltagePu,
    List<FlowSolution> steps) {

  /** Copies the list. */
  public FlowStudy {
    steps = List.copyOf(steps);
  }

  /**
   * A value somewhere in the feeder.
   *
   * @param value what it is
   * @param node index of the node, or of the node that the line ends in
   * @param step when
   */
  public record Extreme(double value, int node, int step) {}

  /** A value of a node at a step. */
  private interface Quantity {
    double of(FlowSolution flow, int node, int step);
  }

  /** Number of nodes. */
  public int nodeCount() {
    return tree.topDown().size();
  }

  /** Id of a node. */
  public int nodeId(int node) {
    return tree.topDown().get(node);
  }

  /** The line that ends in a node, null at the root. */
  public Line line(int node) {
    return tree.parentLine(nodeId(node));
  }

  /** The steps whose flow has not converged. */
  public List<Integer> unsolvedSteps() {
    return IntStream.range(0, steps.size())
        .filter(step -> !steps.get(step).converged())
        .boxed()
        .toList();
  }

  /** Whether no step has converged, so that there is nothing to tell. */
  public boolean isUnsolved() {
    return unsolvedSteps().size() == steps.size();
  }

  /** Energy lost in all lines over the steps that have converged. */
  public double lossesKwh() {
    return steps.stream().filter(FlowSolution::converged).mapToDouble(FlowSolution::lossesKw).sum()
        * stepHours;
  }

  /** Lowest voltage of any node at any step, p.u. */
  public Extreme lowestVoltage() {
    Extreme lowest = largest((flow, node, step) -> -flow.voltagePu()[node]);
    return new Extreme(-lowest.value(), lowest.node(), lowest.step());
  }

  /** Highest voltage of any node at any step, p.u. */
  public Extreme highestVoltage() {
    return largest((flow, node, step) -> flow.voltagePu()[node]);
  }

  /** Largest difference of an AC voltage from the planned one, p.u. */
  public Extreme largestError() {
    return largest(
        (flow, node, step) -> Math.abs(flow.voltagePu()[node] - plannedVoltagePu[step][node]));
  }

  /** Largest loading of a line with a rating, as a share of it; 0 where no line has one. */
  public Extreme largestLoading() {
    return largest((flow, node, step) -> loading(flow, node));
  }

  /** Apparent power of the line above a node over its rating; 0 without a rating. */
  public double loading(FlowSolution flow, int node) {
    Line line = line(node);
    return line == null || !line.isRated() ? 0.0 : flow.apparentKva(node) / line.ratingKva();
  }

  private Extreme largest(Quantity quantity) {
    Extreme largest = new Extreme(Double.NEGATIVE_INFINITY, 0, 0);
    for (int step = 0; step < steps.size(); step++) {
      FlowSolution flow = steps.get(step);
      for (int node = 0; flow.converged() && node < nodeCount(); node++) {
        double value = quantity.of(flow, node, step);
        if (value > largest.value()) {
          largest = new Extreme(value, node, step);
        }
      }
    }
    return largest;
  }
}
