package io.dualgrid.parties;

import java.util.List;

/** Carries messages between the energy systems and the operator. */
final class Exchange {
  private final GridOperator operator;
  private final WorkerPool pool;
  private final long[] operatorNanos = new long[Step.values().length];

  Exchange(GridOperator operator, WorkerPool pool) {
    this.operator = operator;
    this.pool = pool;
  }

  WorkerPool pool() {
    return pool;
  }

  /** Hands the messages of some energy systems to the operator. */
  void deliver(List<List<BoundaryMessage>> messages) {
    for (List<BoundaryMessage> ofOne : messages) {
      operator.receive(ofOne);
    }
  }

  /** Lets energy systems fetch the consensus of all their lines. */
  void fetch(List<EdgeSystem> receivers) {
    pool.forEach(
        receivers,
        edge -> {
          for (LineEnd end : edge.ends()) {
            fetch(edge, end);
          }
        });
  }

  /** Hands one message to the operator. */
  void deliver(BoundaryMessage message) {
    operator.receive(List.of(message));
  }

  /** Lets one line end fetch its consensus. */
  void fetch(EdgeSystem receiver, LineEnd end) {
    receiver.clock().start();
    ConsensusMessage message = operator.consensus(end.line, end.port.downstream());
    receiver.clock().lap(Step.SUM);
    receiver.receive(message);
  }

  void book(Step step, long nanos) {
    operatorNanos[step.ordinal()] += nanos;
  }

  /** Adds the operator's own time and starts again from zero. */
  void drainTo(long[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += operatorNanos[i];
      operatorNanos[i] = 0;
    }
  }
}
