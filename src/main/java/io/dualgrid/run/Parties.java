package io.dualgrid.run;

import io.dualgrid.edge.EdgeNode;
import io.dualgrid.operator.Operator;
import io.dualgrid.runtime.InProcessTransport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The parties of a run, which are closed, and their secrets wiped, together. */
final class Parties implements AutoCloseable {
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private List<EdgeNode> edges = List.of();
  private Operator operator;
  private InProcessTransport transport;

  <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  void use(List<EdgeNode> newEdges, Operator newOperator, InProcessTransport newTransport) {
    edges = List.copyOf(newEdges);
    operator = newOperator;
    transport = newTransport;
  }

  List<EdgeNode> edges() {
    return edges;
  }

  Operator operator() {
    return operator;
  }

  InProcessTransport transport() {
    return transport;
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
