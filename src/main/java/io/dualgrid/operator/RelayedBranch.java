package io.dualgrid.operator;

import io.dualgrid.protocol.Abort;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Inbox;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.Outbox;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.RelayDone;
import io.dualgrid.protocol.RelayLetter;
import io.dualgrid.protocol.RelayOrder;
import io.dualgrid.protocol.RunId;
import io.dualgrid.protocol.Transport;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * All sites of a feeder, behind relays: an order goes to each relay once, and a sum comes back from
 * each. The consensus of lines between sites of different relays is formed here. One thread at a
 * time.
 */
final class RelayedBranch implements Branch {
  private final Transport transport;
  private final BranchSums sums;
  private final int[] relayOf; // by site
  private final int[] owner; // site of each line end
  private final BitSet crossing = new BitSet(); // ends of lines between two relays
  private final List<BitSet> shares;
  private final List<Inbox> inboxes = new ArrayList<>(); // by relay
  private final List<Outbox> outboxes = new ArrayList<>();
  private final Payload[] totals; // by relay
  private Phase open; // null between phases
  private BitSet awaited = new BitSet(); // crossing line ends whose copies are still missing
  private BitSet undone = new BitSet(); // relays

  /**
   * Over links to relays.
   *
   * @param shares for each relay the numbers of the sites behind it; each site is behind one
   */
  RelayedBranch(
      Network network,
      List<BitSet> shares,
      Transport transport,
      BranchSums sums,
      RunId run,
      int epoch) {
    this.transport = transport;
    this.sums = sums;
    this.shares = List.copyOf(shares);
    relayOf = new int[network.nodes().size()];
    owner = network.owners();
    totals = new Payload[shares.size()];
    for (int relay = 0; relay < shares.size(); relay++) {
      int receiver = relay;
      inboxes.add(new Inbox("relay " + (relay + 1), run, epoch, relay));
      outboxes.add(Outbox.once(run, epoch, relay, bytes -> transport.send(receiver, bytes)));
      shares.get(relay).stream().forEach(site -> relayOf[site] = receiver);
    }
    for (int end = 0; end < owner.length; end++) {
      crossing.set(end, relayOf[owner[end]] != relayOf[owner[end ^ 1]]);
    }
  }

  @Override
  public void tell(int iteration, int phase, Broadcast order) {
    BitSet none = new BitSet();
    sendAll(iteration, phase, new RelayOrder(order, none, none, false, false));
  }

  @Override
  public void abort(int iteration, int phase, Abort abort) {
    sendAll(iteration, phase, abort);
  }

  private void sendAll(int iteration, int phase, Message message) {
    open = null;
    outboxes.forEach(outbox -> outbox.send(iteration, phase, message));
  }

  @Override
  public void open(Phase phase) {
    awaited = (BitSet) phase.senders().clone();
    awaited.and(crossing);
    undone.set(0, outboxes.size());
    sendAll(
        phase.iteration(),
        phase.number(),
        new RelayOrder(phase.order(), phase.senders(), phase.readers(), phase.reports(), true));
    open = phase;
  }

  @Override
  public void send(int iteration, int phase, int edge, Message message) {
    outboxes.get(relayOf[edge]).send(iteration, phase, new RelayLetter(edge, 0, message));
  }

  @Override
  public List<News> receive() {
    List<News> news = new ArrayList<>();
    while (news.isEmpty()) {
      List<Transport.Arrival> arrivals = transport.receive();
      if (arrivals.isEmpty()) {
        break;
      }
      for (Transport.Arrival arrival : arrivals) {
        for (Letter letter : inboxes.get(arrival.edge()).accept(arrival.bytes())) {
          take(arrival.edge(), letter, news);
        }
      }
    }
    return news;
  }

  private void take(int relay, Letter letter, List<News> news) {
    Envelope envelope = letter.envelope();
    boolean present = open != null && open.isOf(envelope.iteration(), envelope.phase());
    if (letter.message() instanceof RelayLetter passed
        && passed.edge() < relayOf.length
        && relayOf[passed.edge()] == relay) {
      if (!(present && takesCopy(passed))) {
        news.add(new Passed(passed.edge(), asOfSite(envelope, passed)));
      }
    } else if (present && letter.message() instanceof RelayDone done && undone.get(relay)) {
      if (done.total().isPresent() != open.reports()) {
        throw new ProtocolException(AbortCode.UNEXPECTED, "relay " + (relay + 1) + ": no total");
      }
      undone.clear(relay);
      totals[relay] = done.total().orElse(null);
    } else {
      throw new ProtocolException(
          AbortCode.UNEXPECTED, "relay " + (relay + 1) + ": not now: " + envelope);
    }
    if (present && undone.isEmpty() && awaited.isEmpty()) {
      news.add(end());
    }
  }

  private boolean takesCopy(RelayLetter passed) {
    if (!(passed.message() instanceof Boundary boundary)) {
      return false;
    }
    int end = Network.endOf(boundary.line(), boundary.fromDownstream());
    if (end >= owner.length || owner[end] != passed.edge() || !awaited.get(end)) {
      return false;
    }
    awaited.clear(end);
    sums.take(end, boundary, passed.sequence());
    return true;
  }

  private static Letter asOfSite(Envelope of, RelayLetter passed) {
    Envelope envelope =
        new Envelope(
            passed.message().type(),
            of.run(),
            of.epoch(),
            of.iteration(),
            of.phase(),
            passed.edge(),
            passed.sequence());
    return new Letter(envelope, passed.message());
  }

  private Done end() {
    Phase ended = open;
    open = null;
    sums.formConsensus(
        ended.readers(),
        crossing,
        (consensus, end) -> consensus,
        (consensus, end) -> send(ended.iteration(), ended.number(), owner[end], consensus));
    return new Done(
        ended.reports() ? Optional.of(sums.merge(ended, List.of(totals))) : Optional.empty());
  }

  @Override
  public BitSet silent() {
    BitSet silent = new BitSet();
    awaited.stream().forEach(end -> silent.set(owner[end]));
    undone.stream().forEach(relay -> silent.or(shares.get(relay)));
    return silent;
  }

  @Override
  public void timeTo(AtomicLongArray nanos) {
    sums.timeTo(nanos);
  }
}
