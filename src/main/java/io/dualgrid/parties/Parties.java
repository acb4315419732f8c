package io.dualgrid.parties;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The parties of a run, which are closed, and their secrets wiped, together. */
final class Parties implements AutoCloseable {
  private final List<EdgeSystem> edges = new ArrayList<>();
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private ScalarSums sums = ScalarSums.PLAIN;
  private GridOperator operator;

  <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  void addEdge(EdgeSystem edge) {
    edges.add(edge);
    owned.push(edge);
  }

  void useSums(ScalarSums newSums) {
    sums = newSums;
  }

  void useOperator(GridOperator newOperator) {
    operator = newOperator;
  }

  List<EdgeSystem> edges() {
    return edges;
  }

  ScalarSums sums() {
    return sums;
  }

  GridOperator operator() {
    return operator;
  }

  @Override
  public void close() {
    IllegalStateException failure = null;
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        failure = failure == null ? new IllegalStateException("closing the parties", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
