package io.dualgrid.operator;

import io.dualgrid.consensus.InfeasibleException;
import io.dualgrid.consensus.newton.Shortfall;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.RootOrder;
import io.dualgrid.protocol.RootTurn;
import io.dualgrid.protocol.RootVerdict;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.steering.Outcome;
import io.dualgrid.steering.PhaseKind;
import io.dualgrid.steering.Verdicts;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The coupled interior-point method where the root solves for prices. The operator passes the
 * root's orders on to all, adds what they report, and hands the total to the root, which alone can
 * read it. Of the figures it learns none: whether the run goes on, has converged or has stalled,
 * and where no dispatch meets the limits, what is short.
 */
final class RelayedCoordinator implements Coordinator {
  /** Of a proof whose figures are the root's. */
  private static final String PROVED = "no dispatch meets the limits, as the root has proved";

  private final Network network;
  private final Rounds rounds;
  private final BitSet all;
  private final int root;

  RelayedCoordinator(Network network, Rounds rounds) {
    this.network = network;
    this.rounds = rounds;
    all = network.ends(edge -> true);
    root = network.nodes().indexOf(network.tree().root());
  }

  @Override
  public void start(boolean hub) {
    relay();
  }

  @Override
  public Outcome iterate(int iteration) {
    RootVerdict verdict = relay();
    if (verdict.explained()) {
      throw infeasible(verdict);
    }
    return new Outcome(
        verdict.converged(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        verdict.stalled(),
        verdict.infeasible() ? PROVED : "");
  }

  private InfeasibleException infeasible(RootVerdict verdict) {
    List<Shortfall> found = Verdicts.shortfalls(verdict, network.nodes().size(), network.steps());
    return network.steered().infeasible(PROVED, found);
  }

  /** Carries out the root's orders, until it has come to a verdict. */
  private RootVerdict relay() {
    Message next = rounds.turn(root, new RootTurn(Optional.empty()));
    while (next instanceof RootOrder relayed) {
      next = rounds.turn(root, new RootTurn(carryOut(relayed.order())));
    }
    if (next instanceof RootVerdict verdict) {
      return verdict;
    }
    throw new ProtocolException(AbortCode.UNEXPECTED, "the root: no verdict but " + next.type());
  }

  private Optional<Payload> carryOut(Broadcast order) {
    switch (PhaseKind.of(order)) {
      case TELL -> rounds.tell(order);
      case COPIES -> rounds.exchange(order, all, new BitSet());
      case EXCHANGE -> rounds.exchange(order, all, all);
      case SUM -> {
        return Optional.of(rounds.total(order));
      }
      case SWEEP -> {
        return Optional.of(rounds.sweptTotal(order));
      }
    }
    return Optional.empty();
  }

  @Override
  public void state(StateArchive archive) {
    throw new IllegalStateException("a run of some twenty iterations keeps no state between them");
  }
}
