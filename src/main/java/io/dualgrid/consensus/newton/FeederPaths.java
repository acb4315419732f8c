package io.dualgrid.consensus.newton;

import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The feeder as voltages and flows see it (LinDistFlow, Baran and Wu 1989). With injections p and q
 * the voltage of node j is V₀ + Σᵢ(ρᵢⱼ·pᵢ + χᵢⱼ·qᵢ), where ρᵢⱼ and χᵢⱼ are resistance and reactance
 * of the path that i and j share from the root; the flow into j is −Σᵢ pᵢ over its subtree. All is
 * public; every query is O(n). Nodes are numbered in the order given.
 */
public final class FeederPaths {
  private final int[] topDown; // every parent before its children
  private final int[] parent; // −1 at the root
  private final double[] resistance; // of the line above, per unit
  private final double[] reactance;

  /**
   * For a tree.
   *
   * @param nodeIds the nodes in the order in which they are numbered here
   * @param baseImpedanceOhm base of the per-unit system
   */
  public FeederPaths(FeederTree tree, List<Integer> nodeIds, double baseImpedanceOhm) {
    int n = nodeIds.size();
    Map<Integer, Integer> index = new HashMap<>();
    for (int i = 0; i < n; i++) {
      index.put(nodeIds.get(i), i);
    }
    topDown = tree.topDown().stream().mapToInt(index::get).toArray();
    parent = new int[n];
    resistance = new double[n];
    reactance = new double[n];
    for (int i = 0; i < n; i++) {
      Line line = tree.parentLine(nodeIds.get(i));
      parent[i] = line == null ? -1 : index.get(line.from());
      if (line != null) {
        resistance[i] = line.resistanceOhm() / baseImpedanceOhm;
        reactance[i] = line.reactanceOhm() / baseImpedanceOhm;
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

  /** What every site must know of a row. */
  public RowShare[] shares(RowPlace place) {
    return switch (place.kind()) {
      case VOLTAGE -> voltageShares(place);
      case ACTIVE_FLOW -> flowShares(place, 1.0, 0.0);
      case REACTIVE_FLOW -> flowShares(place, 0.0, 1.0);
    };
  }

  private RowShare[] voltageShares(RowPlace place) {
    int n = count();
    double[] sharedResistance = new double[n];
    double[] sharedReactance = new double[n];
    boolean[] onPath = path(place.node());
    RowShare[] shares = new RowShare[n];
    for (int i : topDown) {
      if (parent[i] >= 0) {
        sharedResistance[i] = sharedResistance[parent[i]] + (onPath[i] ? resistance[i] : 0.0);
        sharedReactance[i] = sharedReactance[parent[i]] + (onPath[i] ? reactance[i] : 0.0);
      }
      shares[i] = new RowShare(place.step(), sharedResistance[i], sharedReactance[i]);
    }
    return shares;
  }

  private boolean[] path(int node) {
    boolean[] onPath = new boolean[count()];
    for (int i = node; i >= 0; i = parent[i]) {
      onPath[i] = true;
    }
    return onPath;
  }

  /** The row's value is the sum of the subtree's injections, the flow upwards. */
  private RowShare[] flowShares(RowPlace place, double active, double reactive) {
    boolean[] below = new boolean[count()];
    RowShare[] shares = new RowShare[count()];
    for (int i : topDown) {
      below[i] = i == place.node() || parent[i] >= 0 && below[parent[i]];
      shares[i] = new RowShare(place.step(), below[i] ? active : 0.0, below[i] ? reactive : 0.0);
    }
    return shares;
  }
}
