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
import io.dualgrid.protocol.Report;
import io.dualgrid.protocol.RunId;
import io.dualgrid.protocol.Transport;
import io.dualgrid.runtime.WorkerPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Sites whose links end here: all of a feeder, or those behind one relay. It forms the consensus of
 * lines that have both ends here, and the sum of reports. One thread at a time.
 */
final class DirectBranch implements Branch {
  private final Network network;
  private final Transport transport;
  private final BranchSums sums;
  private final WorkerPool pool;
  private final int[] sites; // numbers among all, by link
  private final int[] owner; // link of each line end; −1 where it ends elsewhere
  private final BitSet here = new BitSet(); // line ends
  private final BitSet inside = new BitSet(); // ends of lines with both ends here
  private final Inbox[] inboxes; // by link
  private final Outbox[] outboxes;
  private final Payload[] reported;
  private int missingReports;
  private final List<News> news = new ArrayList<>();
  private Phase open; // null between phases
  private BitSet awaited = new BitSet(); // line ends whose copies are still missing

  /**
   * For some sites.
   *
   * @param sites numbers among all, ascending; the links are in the same order
   * @param pool reads letters
   */
  DirectBranch(
      Network network,
      BitSet sites,
      Transport transport,
      BranchSums sums,
      WorkerPool pool,
      RunId run,
      int epoch) {
    this.network = network;
    this.transport = transport;
    this.sums = sums;
    this.pool = pool;
    this.sites = sites.stream().toArray();
    owner = new int[2 * network.lines().size()];
    Arrays.fill(owner, -1);
    inboxes = new Inbox[this.sites.length];
    outboxes = new Outbox[this.sites.length];
    reported = new Payload[this.sites.length];
    List<List<Integer>> ends = network.endsByEdge();
    for (int link = 0; link < this.sites.length; link++) {
      int receiver = link;
      int site = this.sites[link];
      inboxes[link] = new Inbox("node " + network.nodes().get(site), run, epoch, site);
      outboxes[link] = Outbox.once(run, epoch, site, bytes -> transport.send(receiver, bytes));
      for (int end : ends.get(site)) {
        owner[end] = receiver;
        here.set(end);
      }
    }
    here.stream().filter(end -> here.get(end ^ 1)).forEach(inside::set);
  }

  @Override
  public void tell(int iteration, int phase, Broadcast order) {
    sendAll(iteration, phase, order);
  }

  @Override
  public void abort(int iteration, int phase, Abort abort) {
    sendAll(iteration, phase, abort);
  }

  private void sendAll(int iteration, int phase, Message message) {
    open = null;
    for (Outbox outbox : outboxes) {
      outbox.send(iteration, phase, message);
    }
  }

  @Override
  public void open(Phase phase) {
    tell(phase.iteration(), phase.number(), phase.order());
    open = phase;
    awaited = (BitSet) phase.senders().clone();
    awaited.and(here);
    Arrays.fill(reported, null);
    missingReports = phase.reports() ? sites.length : 0;
    endIfComplete();
  }

  @Override
  public void send(int iteration, int phase, int edge, Message message) {
    outboxes[linkOf(edge)].send(iteration, phase, message);
  }

  private int linkOf(int edge) {
    int link = Arrays.binarySearch(sites, edge);
    if (link < 0) {
      throw new ProtocolException(AbortCode.UNEXPECTED, "site " + edge + " is not connected here");
    }
    return link;
  }

  @Override
  public List<News> receive() {
    while (news.isEmpty()) {
      List<Transport.Arrival> arrivals = transport.receive();
      if (arrivals.isEmpty()) {
        break;
      }
      accept(arrivals);
    }
    return takeNews();
  }

  /** Takes in what has arrived; see {@link #takeNews}. */
  void accept(List<Transport.Arrival> arrivals) {
    List<Inbox.Opened> opened = pool.map(arrivals, arrival -> Inbox.open(arrival.bytes()));
    for (int i = 0; i < arrivals.size(); i++) {
      int link = arrivals.get(i).edge();
      for (Letter letter : inboxes[link].accept(opened.get(i))) {
        take(link, letter);
      }
    }
  }

  /** What has come of it, and of opening a phase. */
  List<News> takeNews() {
    List<News> taken = List.copyOf(news);
    news.clear();
    return taken;
  }

  private void take(int link, Letter letter) {
    Envelope envelope = letter.envelope();
    boolean present = open != null && open.isOf(envelope.iteration(), envelope.phase());
    if (present && letter.message() instanceof Boundary boundary) {
      int end = Network.endOf(boundary.line(), boundary.fromDownstream());
      if (end < owner.length && owner[end] == link && awaited.get(end)) {
        awaited.clear(end);
        if (inside.get(end)) {
          sums.take(end, boundary, envelope.sequence());
        } else {
          news.add(new Passed(sites[link], letter));
        }
        endIfComplete();
        return;
      }
    } else if (present && letter.message() instanceof Report report) {
      if (open.reports() && reported[link] == null) {
        reported[link] = report.values();
        missingReports--;
        endIfComplete();
        return;
      }
    }
    news.add(new Passed(sites[link], letter));
  }

  private void endIfComplete() {
    if (!awaited.isEmpty() || missingReports > 0) {
      return;
    }
    Phase ended = open;
    open = null;
    sendConsensus(ended);
    news.add(
        new Done(
            ended.reports()
                ? Optional.of(sums.add(ended, Arrays.asList(reported)))
                : Optional.empty()));
  }

  /** Each is written into its letter as soon as it is formed, by who formed it: both are large. */
  private void sendConsensus(Phase ended) {
    int[] letters = new int[sites.length];
    int[] before = new int[owner.length]; // by line end, letters of its link that go first
    ended.readers().stream()
        .filter(inside::get)
        .forEach(end -> before[end] = letters[owner[end]]++);
    sums.formConsensus(
        ended.readers(),
        inside,
        (consensus, end) ->
            outboxes[owner[end]].written(ended.iteration(), ended.number(), consensus, before[end]),
        (letter, end) -> outboxes[owner[end]].send(letter));
  }

  /** Whether a phase is open. */
  boolean waits() {
    return open != null;
  }

  @Override
  public BitSet silent() {
    BitSet silent = new BitSet();
    awaited.stream().forEach(end -> silent.set(sites[owner[end]]));
    for (int link = 0; missingReports > 0 && link < sites.length; link++) {
      if (reported[link] == null) {
        silent.set(sites[link]);
      }
    }
    return silent;
  }

  @Override
  public void timeTo(AtomicLongArray nanos) {
    sums.timeTo(nanos);
  }
}
