package io.dualgrid.operator;

import io.dualgrid.consensus.LineWeights;
import io.dualgrid.consensus.newton.FeederPaths;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.steering.SteeredFeeder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * What the operator knows of the feeder: nodes, lines and public constants, no devices. Line ends
 * are numbered 2 · line for the upper end, and the next for the lower.
 *
 * @param tree of the nodes
 * @param limits of the network
 * @param nodes ids in the order of the links
 * @param lines in the order of the case
 * @param stepHours length of a time step
 * @param moneyUnit currency that the parties count costs in
 * @param priceOfStep public buy price of the root times the step length, in that unit, length steps
 */
public record Network(
    FeederTree tree,
    NetworkLimits limits,
    List<Integer> nodes,
    List<Line> lines,
    double stepHours,
    double moneyUnit,
    double[] priceOfStep) {
  /** The published weight of the copy of the node a line starts from. */
  static final double UPSTREAM_WEIGHT = 0.5;

  /** Copies the lists. */
  public Network {
    nodes = List.copyOf(nodes);
    lines = List.copyOf(lines);
  }

  /** Numbers of all edges. */
  BitSet edges() {
    BitSet all = new BitSet();
    all.set(0, nodes.size());
    return all;
  }

  int steps() {
    return priceOfStep.length;
  }

  /** What steering newton takes of it. */
  public SteeredFeeder steered() {
    return new SteeredFeeder(
        limits, new FeederPaths(tree, nodes, limits), nodes, stepHours, moneyUnit, priceOfStep);
  }

  LineWeights weights() {
    return new LineWeights(tree, limits.baseImpedanceOhm(), stepHours);
  }

  boolean evenDepth(int edge) {
    return tree.hasEvenDepth(nodes.get(edge));
  }

  DepthHalves halves() {
    return DepthHalves.of(tree, nodes);
  }

  /** For each edge the numbers of its line ends: the line above it first, then those below. */
  List<List<Integer>> endsByEdge() {
    Map<Integer, List<Integer>> byNode = new HashMap<>();
    for (int node : nodes) {
      byNode.put(node, new ArrayList<>());
    }
    for (int line = 0; line < lines.size(); line++) {
      byNode.get(lines.get(line).to()).add(2 * line + 1);
    }
    for (int line = 0; line < lines.size(); line++) {
      byNode.get(lines.get(line).from()).add(2 * line);
    }
    return nodes.stream().map(byNode::get).toList();
  }

  /** Number of a line end; beyond all where the line is none that an array could hold. */
  static int endOf(int line, boolean fromDownstream) {
    return line > (Integer.MAX_VALUE - 1) / 2
        ? Integer.MAX_VALUE
        : 2 * line + (fromDownstream ? 1 : 0);
  }

  /** The edge of each line end. */
  int[] owners() {
    int[] owners = new int[2 * lines.size()];
    List<List<Integer>> byEdge = endsByEdge();
    for (int edge = 0; edge < byEdge.size(); edge++) {
      for (int end : byEdge.get(edge)) {
        owners[end] = edge;
      }
    }
    return owners;
  }

  /** The line ends of the edges that are asked for. */
  BitSet ends(IntPredicate edges) {
    List<List<Integer>> byEdge = endsByEdge();
    BitSet ends = new BitSet();
    for (int edge = 0; edge < byEdge.size(); edge++) {
      if (edges.test(edge)) {
        byEdge.get(edge).forEach(ends::set);
      }
    }
    return ends;
  }
}
