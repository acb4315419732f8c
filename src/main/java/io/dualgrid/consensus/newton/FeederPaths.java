package io.dualgrid.consensus.newton;

import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.feeder.RatingPolygon;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The feeder as voltages and flows see it (LinDistFlow, Baran and Wu 1989). With injections p and q
 * the voltage of node j is κⱼ(V₀ + Σᵢ(ρᵢⱼ·pᵢ + χᵢⱼ·qᵢ)). κⱼ is the product of 1/ratio over the
 * lines from the root to j; ρᵢⱼ = Σₖ rₖ/κₖ and χᵢⱼ = Σₖ xₖ/κₖ run over the lines k that the paths
 * to i and j share, κₖ taken at the line's lower end, where its impedance is. The flow into j is
 * −Σᵢ pᵢ over its subtree. All is public; every query is at most O(depth). Nodes are numbered in
 * the order given.
 */
public final class FeederPaths {
  private final int[] topDown; // every parent before its children
  private final int[] parent; // −1 at the root
  private final double[] resistance; // of the line above, per unit
  private final double[] reactance;
  private final int[] depth;
  private final double[] ratio; // of the line above
  private final double[] scale; // κ
  private final double[] pathResistance; // Σ rₖ/κₖ from the root to the node
  private final double[] pathReactance;
  private final double[] rating; // of the line above, per unit
  private final double rootVoltage;

  /**
   * For a tree.
   *
   * @param nodeIds the nodes in the order in which they are numbered here
   * @param limits of which the bases and the voltage of the root count
   */
  public FeederPaths(FeederTree tree, List<Integer> nodeIds, NetworkLimits limits) {
    int n = nodeIds.size();
    Map<Integer, Integer> index = new HashMap<>();
    for (int i = 0; i < n; i++) {
      index.put(nodeIds.get(i), i);
    }
    topDown = tree.topDown().stream().mapToInt(index::get).toArray();
    parent = new int[n];
    resistance = new double[n];
    reactance = new double[n];
    ratio = new double[n];
    rating = new double[n];
    for (int i = 0; i < n; i++) {
      Line line = tree.parentLine(nodeIds.get(i));
      parent[i] = line == null ? -1 : index.get(line.from());
      ratio[i] = line == null ? 1.0 : limits.levelRatio(line);
      rating[i] = Double.POSITIVE_INFINITY;
      if (line != null) {
        resistance[i] = line.resistanceOhm() / limits.baseImpedanceOhm();
        reactance[i] = line.reactanceOhm() / limits.baseImpedanceOhm();
        rating[i] = line.ratingKva() / limits.basePowerKw();
      }
    }
    rootVoltage = limits.rootLevel();
    scale = new double[n];
    depth = new int[n];
    pathResistance = new double[n];
    pathReactance = new double[n];
    for (int i : topDown) {
      scale[i] = parent[i] < 0 ? 1.0 : scale[parent[i]] / ratio[i];
      if (parent[i] >= 0) {
        depth[i] = depth[parent[i]] + 1;
        pathResistance[i] = pathResistance[parent[i]] + resistance[i] / scale[i];
        pathReactance[i] = pathReactance[parent[i]] + reactance[i] / scale[i];
      }
    }
  }

  /** Number of nodes. */
  public int count() {
    return parent.length;
  }

  /** Index of the root. */
  public int root() {
    return topDown[0];
  }

  /** Index of the node above, −1 at the root. */
  public int parent(int node) {
    return parent[node];
  }

  /** All nodes, every parent before its children; the array itself, not to be modified. */
  public int[] topDown() {
    return topDown;
  }

  /** Resistance of the line above a node, per unit. */
  public double resistance(int node) {
    return resistance[node];
  }

  /** Reactance of the line above a node, per unit. */
  public double reactance(int node) {
    return reactance[node];
  }

  /** Turns ratio of the line above a node. */
  public double ratio(int node) {
    return ratio[node];
  }

  /** Voltage of a node where nothing is injected anywhere, κⱼV₀, per unit. */
  public double unloadedVoltage(int node) {
    return scale[node] * rootVoltage;
  }

  /** Largest apparent power of the line above a node, per unit; infinite where there is none. */
  public double rating(int node) {
    return rating[node];
  }

  /** What the value of a row is without injections, per unit: κⱼV₀, or no flow. */
  double unloaded(RowPlace place) {
    return place.kind() == RowPlace.Kind.VOLTAGE ? scale[place.node()] * rootVoltage : 0.0;
  }

  /**
   * By how much the value of a row grows with the injections of one node. The value of a flow is a
   * sum of the subtree's injections, of the flow upwards.
   */
  public RowShare share(RowPlace place, int node) {
    int shared = lowestCommon(place.node(), node);
    double below = shared == place.node() ? 1.0 : 0.0;
    return switch (place.kind()) {
      case VOLTAGE ->
          new RowShare(
              place.step(),
              scale[place.node()] * pathResistance[shared],
              scale[place.node()] * pathReactance[shared]);
      case ACTIVE_FLOW -> new RowShare(place.step(), below, 0.0);
      case REACTIVE_FLOW -> new RowShare(place.step(), 0.0, below);
      case RATING ->
          new RowShare(
              place.step(),
              below * RatingPolygon.activeFactor(place.ratingRow()),
              below * RatingPolygon.reactiveFactor(place.ratingRow()));
    };
  }

  /** Where the paths of two nodes to the root meet. */
  private int lowestCommon(int one, int other) {
    int a = one;
    int b = other;
    while (a != b) {
      if (depth[a] >= depth[b]) {
        a = parent[a];
      } else {
        b = parent[b];
      }
    }
    return a;
  }
}
