package io.dualgrid.runtime;

import io.dualgrid.protocol.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries bytes between parties in one process. Edges take in what waits for them when the operator
 * has nothing else to do than to wait, all at the same time on a pool of threads; what they answer
 * reaches the operator in the order of the edges, whoever was ready first. So a run is the same on
 * any number of threads.
 */
public final class InProcessTransport implements Transport {
  private final WorkerPool pool;
  private final List<Edge> edges = new ArrayList<>();
  private List<Edge> schedule = List.of();
  private final List<Arrival> arrived = new ArrayList<>();

  private static final class Edge {
    final int index;
    final Deque<byte[]> waiting = new ArrayDeque<>();
    final List<byte[]> answers = new ArrayList<>();
    Consumer<byte[]> receiver;

    Edge(int index) {
      this.index = index;
    }
  }

  /** For so many edges. */
  public InProcessTransport(int edges, WorkerPool pool) {
    this.pool = pool;
    for (int i = 0; i < edges; i++) {
      this.edges.add(new Edge(i));
    }
  }

  /** Where an edge's messages to the operator go. */
  public Consumer<byte[]> toOperator(int edge) {
    return edges.get(edge).answers::add;
  }

  /**
   * Connects the edges.
   *
   * @param receivers one of each edge, in order
   * @param schedule indices of the edges in the order in which they begin: those with most work
   *     first, lest a thread begins the longest when the others are done
   */
  public void connect(List<Consumer<byte[]>> receivers, List<Integer> schedule) {
    for (Edge edge : edges) {
      edge.receiver = receivers.get(edge.index);
    }
    this.schedule = schedule.stream().map(edges::get).toList();
  }

  @Override
  public int edges() {
    return edges.size();
  }

  @Override
  public void send(int edge, byte[] bytes) {
    edges.get(edge).waiting.add(bytes);
  }

  @Override
  public List<Arrival> receive() {
    if (arrived.isEmpty()) {
      settle();
    }
    List<Arrival> taken = List.copyOf(arrived);
    arrived.clear();
    return taken;
  }

  /** Lets the edges take in all that waits for them; what they answer is received later. */
  public void settle() {
    List<Edge> busy = schedule.stream().filter(edge -> !edge.waiting.isEmpty()).toList();
    pool.forEach(
        busy,
        edge -> {
          byte[] bytes;
          while ((bytes = edge.waiting.poll()) != null) {
            edge.receiver.accept(bytes);
          }
        });
    for (Edge edge : edges) {
      edge.answers.forEach(bytes -> arrived.add(new Arrival(edge.index, bytes)));
      edge.answers.clear();
    }
  }
}
