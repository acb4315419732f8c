package io.dualgrid.feeder;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jgrapht.Graph;
import org.jgrapht.Graphs;
import org.jgrapht.graph.SimpleDirectedGraph;

/** A radial network as a rooted tree over node ids. Immutable; all queries are O(1). */
public final class FeederTree {
  private final int root;
  private final List<Integer> topDown;
  private final Map<Integer, Line> parentLine = new HashMap<>();
  private final Map<Integer, List<Line>> childLines = new HashMap<>();
  private final Map<Integer, Integer> depth = new HashMap<>();
  private final int maxDepth;

  /**
   * Builds the tree; the case reader has named every defect of the network before this is called.
   *
   * @param nodeIds all nodes
   * @param lines directed away from the root
   * @throws IllegalArgumentException when they do not form one tree
   */
  public FeederTree(Collection<Integer> nodeIds, List<Line> lines) {
    Graph<Integer, Line> graph = new SimpleDirectedGraph<>(Line.class);
    Graphs.addAllVertices(graph, nodeIds);
    for (Line line : lines) {
      if (!graph.addEdge(line.from(), line.to(), line)) {
        throw new IllegalArgumentException("line " + line.from() + " -> " + line.to() + " twice");
      }
    }
    List<Integer> roots =
        nodeIds.stream().filter(id -> graph.inDegreeOf(id) == 0).distinct().toList();
    if (roots.size() != 1 || lines.size() != graph.vertexSet().size() - 1) {
      throw new IllegalArgumentException(
          "not one tree: roots " + roots + ", " + lines.size() + " lines");
    }
    root = roots.get(0);
    List<Integer> order = new ArrayList<>();
    ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(root));
    depth.put(root, 0);
    while (!queue.isEmpty()) {
      int node = queue.remove();
      order.add(node);
      List<Line> children = List.copyOf(graph.outgoingEdgesOf(node));
      childLines.put(node, children);
      for (Line line : children) {
        if (parentLine.put(line.to(), line) != null) {
          throw new IllegalArgumentException("node " + line.to() + " has two parents");
        }
        depth.put(line.to(), depth.get(node) + 1);
        queue.add(line.to());
      }
    }
    topDown = List.copyOf(order);
    if (topDown.size() != graph.vertexSet().size()) {
      throw new IllegalArgumentException("some nodes have no path from root " + root);
    }
    maxDepth = depth.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** The node without a parent. */
  public int root() {
    return root;
  }

  /** All nodes, every parent before its children. */
  public List<Integer> topDown() {
    return topDown;
  }

  /** The line that ends in a node, or null at the root. */
  public Line parentLine(int node) {
    return parentLine.get(node);
  }

  /** The lines that start in a node, in the order of the case. */
  public List<Line> childLines(int node) {
    List<Line> lines = childLines.get(node);
    if (lines == null) {
      throw new NoSuchElementException("node " + node);
    }
    return lines;
  }

  /** Number of lines between the root and a node. */
  public int depth(int node) {
    Integer lines = depth.get(node);
    if (lines == null) {
      throw new NoSuchElementException("node " + node);
    }
    return lines;
  }

  /** Depth of the deepest node. */
  public int maxDepth() {
    return maxDepth;
  }

  /** Whether the number of lines between the root and a node is even. */
  public boolean hasEvenDepth(int node) {
    return depth(node) % 2 == 0;
  }

  /** Trees are equal when they have the same nodes and the same lines. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FeederTree tree
        && root == tree.root
        && parentLine.equals(tree.parentLine);
  }

  @Override
  public int hashCode() {
    return 31 * root + parentLine.hashCode();
  }

  @Override
  public String toString() {
    return "root " + root + ", " + topDown.size() + " nodes, depth " + maxDepth;
  }
}
