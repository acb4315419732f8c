package io.dualgrid.operator;

import io.dualgrid.protocol.Broadcast;
import io.dualgrid.steering.Talk;
import java.util.BitSet;

/** The operator's talk with all edges, of which it reads the sums itself. */
final class RoundsTalk implements Talk {
  private final Network network;
  private final Rounds rounds;

  RoundsTalk(Network network, Rounds rounds) {
    this.network = network;
    this.rounds = rounds;
  }

  @Override
  public void tell(Broadcast order) {
    rounds.tell(order);
  }

  @Override
  public double[] sum(Broadcast order) {
    return rounds.sum(order);
  }

  @Override
  public void copies(Broadcast order) {
    rounds.exchange(order, network.ends(edge -> true), new BitSet());
  }

  @Override
  public void exchange(Broadcast order) {
    BitSet ends = network.ends(edge -> true);
    rounds.exchange(order, ends, ends);
  }

  @Override
  public double[] sweep(Broadcast order) {
    return rounds.sweep(order);
  }
}
