package io.dualgrid.edge;

import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.protocol.TreeSum;
import io.dualgrid.runtime.StateArchive;
import java.util.Optional;
import java.util.Set;

/** An energy system's part of an algorithm: what it does on some of the operator's orders. */
interface OrderHandler extends AutoCloseable {
  /** The orders it carries out. */
  Set<MessageType> orders();

  /**
   * Carries out an order.
   *
   * @param order one of {@link #orders}
   * @param answers takes what is to be sent in this phase
   */
  void obey(Broadcast order, Answers answers);

  /** Takes the consensus of a line in a phase that one of its orders began. */
  default void hear(LineEnd end, Consensus consensus) {
    end.open(consensus, end.z);
  }

  /** Takes a sum along the tree in a phase that one of its orders began. */
  default void hear(LineEnd end, TreeSum sum) {
    throw TreeSums.withoutSweep(end);
  }

  /** Keeps or takes up what the next iteration depends on. */
  default void state(StateArchive archive) {}

  /**
   * Its injections in the least broken dispatch, where that was searched: P, then Q of each step.
   */
  default Optional<double[]> leastBroken() {
    return Optional.empty();
  }

  /** Frees the solvers it set up. */
  @Override
  default void close() {}
}
