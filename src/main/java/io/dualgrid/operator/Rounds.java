package io.dualgrid.operator;

import io.dualgrid.ckks.CkksException;
import io.dualgrid.protocol.Abort;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Inbox;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.LineKey;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.Outbox;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.Report;
import io.dualgrid.protocol.RootOrder;
import io.dualgrid.protocol.RootTurn;
import io.dualgrid.protocol.RootVerdict;
import io.dualgrid.protocol.RunId;
import io.dualgrid.protocol.SiteKeys;
import io.dualgrid.protocol.Transport;
import io.dualgrid.protocol.TreePart;
import io.dualgrid.protocol.TreeSum;
import io.dualgrid.runtime.Step;
import io.dualgrid.runtime.WorkerPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * The operator's talk with all edges, phase by phase: an order goes out to all, and nothing goes on
 * before every answer that the order calls for is there. Of the boundary messages it keeps the
 * latest of each line end, and it sends the consensus of a line to whichever end is to read it. It
 * never reads one.
 *
 * <p>Every way to ask is a method here, so an algorithm is the sequence of its phases:
 *
 * <ul>
 *   <li>{@link #tell}: a decision, no answer;
 *   <li>{@link #sum}: every edge reports, the operator gets the sum;
 *   <li>{@link #exchange}: some line ends send their copies, some get the consensus;
 *   <li>{@link #sweep}: sums over subtrees, then along paths, each for the ends of its line, and a
 *       sum over all at the end.
 * </ul>
 */
final class Rounds {
  private final Network network;
  private final Transport transport;
  private final WorkerPool pool;
  private final CopySum copies;
  private final ReportSum reports;
  private final List<Inbox> inboxes = new ArrayList<>();
  private final List<Outbox> outboxes = new ArrayList<>();
  private final int[] owner; // edge of each line end
  private final Boundary[] latest; // by line end
  private final long[] sequences; // number of the latest
  private final Payload[] reported;
  private final TreeAdder tree;
  private final AtomicLongArray nanos = new AtomicLongArray(Step.values().length);
  private int iteration;
  private int phase;
  private BitSet awaited = new BitSet(); // line ends whose copies are still missing
  private boolean reportsAwaited;

  Rounds(
      Network network,
      Transport transport,
      WorkerPool pool,
      CopySum copies,
      ReportSum reports,
      RunId run,
      int epoch) {
    this.network = network;
    this.transport = transport;
    this.pool = pool;
    this.copies = copies;
    this.reports = reports;
    tree = new TreeAdder(network);
    int ends = 2 * network.lines().size();
    owner = new int[ends];
    latest = new Boundary[ends];
    sequences = new long[ends];
    reported = new Payload[transport.edges()];
    List<List<Integer>> byEdge = network.endsByEdge();
    for (int edge = 0; edge < transport.edges(); edge++) {
      int receiver = edge;
      inboxes.add(new Inbox("node " + network.nodes().get(edge), run, epoch, edge));
      outboxes.add(new Outbox(run, epoch, edge, bytes -> transport.send(receiver, bytes)));
      byEdge.get(edge).forEach(end -> owner[end] = receiver);
    }
  }

  /** Begins an iteration; its phases are counted from one. */
  void begin(int newIteration) {
    iteration = newIteration;
    phase = 0;
  }

  /** Tells all edges a decision that they do not answer. */
  void tell(Broadcast order) {
    phase++;
    for (Outbox outbox : outboxes) {
      outbox.send(iteration, phase, order);
    }
  }

  /** Asks all edges for a report; the sum over all. */
  double[] sum(Broadcast order) {
    return exchange(order, new BitSet(), new BitSet(), true);
  }

  /** Has some line ends send their copies, and some read the consensus formed with them. */
  void exchange(Broadcast order, BitSet senders, BitSet readers) {
    exchange(order, senders, readers, false);
  }

  /** The same, with the sum over a report of every edge. */
  double[] exchangeAndSum(Broadcast order, BitSet senders, BitSet readers) {
    return exchange(order, senders, readers, true);
  }

  private double[] exchange(Broadcast order, BitSet senders, BitSet readers, boolean withReports) {
    collect(order, senders, readers, withReports);
    return withReports ? readReports() : null;
  }

  private void collect(Broadcast order, BitSet senders, BitSet readers, boolean withReports) {
    open(order, senders, withReports);
    while (incomplete()) {
      receive();
    }
    sendConsensus(readers.stream().boxed().toList());
  }

  /** Asks all edges for a report; the sum over all, unread. */
  Payload total(Broadcast order) {
    collect(order, new BitSet(), new BitSet(), true);
    return addReports();
  }

  /**
   * Adds up over the part of the tree below each line, then along the path to each node, and gives
   * the sums to those whom they concern. All edges report when they have heard everything.
   */
  double[] sweep(Broadcast order) {
    collectSweep(order);
    return readReports();
  }

  /** The same, with the sum unread. */
  Payload sweptTotal(Broadcast order) {
    collectSweep(order);
    return addReports();
  }

  private void collectSweep(Broadcast order) {
    tree.begin(true);
    open(order, new BitSet(), true);
    while (tree.incomplete()) {
      receive();
    }
    sendSums(timed(tree::overSubtrees), true);
    tree.begin(false);
    while (tree.incomplete()) {
      receive();
    }
    sendSums(timed(tree::alongPaths), false);
    while (incomplete()) {
      receive();
    }
  }

  /** To the lower ends of all lines, and to the upper ones, too, where they are to have them. */
  private void sendSums(List<byte[]> sums, boolean both) {
    for (int line = 0; line < sums.size(); line++) {
      if (both) {
        outboxes
            .get(owner[2 * line])
            .send(iteration, phase, new TreeSum(line, false, sums.get(line)));
      }
      outboxes
          .get(owner[2 * line + 1])
          .send(iteration, phase, new TreeSum(line, true, sums.get(line)));
    }
  }

  private void open(Broadcast order, BitSet senders, boolean withReports) {
    awaited = (BitSet) senders.clone();
    reportsAwaited = withReports;
    Arrays.fill(reported, null);
    tell(order);
  }

  private boolean incomplete() {
    return !awaited.isEmpty()
        || reportsAwaited && Arrays.stream(reported).anyMatch(report -> report == null);
  }

  /** Takes in what has arrived. */
  private void receive() {
    for (Transport.Arrival arrival : arrivals()) {
      for (Letter letter : inboxes.get(arrival.edge()).accept(arrival.bytes())) {
        take(arrival.edge(), letter);
      }
    }
  }

  private List<Transport.Arrival> arrivals() {
    List<Transport.Arrival> arrivals = transport.receive();
    if (arrivals.isEmpty()) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED,
          "phase " + phase + " does not end: nothing comes any more from nodes " + silent());
    }
    return arrivals;
  }

  private List<Integer> silent() {
    BitSet edges = new BitSet();
    awaited.stream().forEach(end -> edges.set(owner[end]));
    tree.missing().forEach(end -> edges.set(owner[end]));
    for (int edge = 0; reportsAwaited && edge < reported.length; edge++) {
      if (reported[edge] == null) {
        edges.set(edge);
      }
    }
    return edges.stream().mapToObj(network.nodes()::get).toList();
  }

  private void take(int edge, Letter letter) {
    Envelope envelope = letter.envelope();
    Message message = letter.message();
    if (message instanceof Abort abort) {
      throw new AbortedException(edge, network.nodes().get(edge), abort.code());
    }
    boolean present = envelope.iteration() == iteration && envelope.phase() == phase;
    if (present && message instanceof Boundary boundary) {
      int end = endOf(edge, boundary.line(), boundary.fromDownstream());
      if (end >= 0 && awaited.get(end)) {
        awaited.clear(end);
        latest[end] = boundary;
        sequences[end] = envelope.sequence();
        return;
      }
    } else if (present && message instanceof TreePart part) {
      int end = endOf(edge, part.line(), part.fromDownstream());
      if (end >= 0 && tree.takes(part)) {
        return;
      }
    } else if (present && message instanceof Report report && reportsAwaited) {
      if (reported[edge] == null) {
        reported[edge] = report.values();
        return;
      }
    }
    throw new ProtocolException(
        AbortCode.UNEXPECTED, "node " + network.nodes().get(edge) + ": not now: " + envelope);
  }

  /** Number of the line end that a message is from; −1 where it is not its sender's. */
  private int endOf(int edge, int line, boolean fromDownstream) {
    if (line >= network.lines().size()) {
      return -1;
    }
    int end = 2 * line + (fromDownstream ? 1 : 0);
    return owner[end] == edge ? end : -1;
  }

  private void sendConsensus(List<Integer> readers) {
    List<Consensus> messages = pool.map(readers, this::consensus);
    for (int k = 0; k < readers.size(); k++) {
      outboxes.get(owner[readers.get(k)]).send(iteration, phase, messages.get(k));
    }
  }

  /** The consensus of a line for one of its ends. */
  private Consensus consensus(int reader) {
    int line = reader / 2;
    boolean toDownstream = reader % 2 == 1;
    Boundary up = latest[2 * line];
    Boundary down = latest[2 * line + 1];
    if (up == null || down == null) {
      throw new IllegalStateException("line " + line + ": one end has not sent its copy");
    }
    double weight = Network.UPSTREAM_WEIGHT;
    long begin = System.nanoTime();
    try {
      Payload sum =
          toDownstream
              ? copies.combine(up.underNeighbourKey(), weight, down.underOwnKey(), 1 - weight)
              : copies.combine(up.underOwnKey(), weight, down.underNeighbourKey(), 1 - weight);
      // the receiver knows its own part; the tag is of the other's
      byte[] tag = toDownstream ? up.tag() : down.tag();
      return new Consensus(
          line, toDownstream, sequences[2 * line], sequences[2 * line + 1], sum, tag);
    } catch (CkksException e) {
      throw new CkksException(e.reason(), "line " + line + ": " + e.getMessage(), e);
    } catch (ProtocolException e) {
      throw new ProtocolException(e.code(), "line " + line + ": " + e.getMessage(), e);
    } finally {
      nanos.addAndGet(Step.SUM.ordinal(), System.nanoTime() - begin);
    }
  }

  private double[] readReports() {
    return timed(() -> reports.sum(round(), Arrays.asList(reported)));
  }

  private Payload addReports() {
    return timed(() -> reports.add(round(), Arrays.asList(reported)));
  }

  private long round() {
    return Envelope.round(iteration, phase);
  }

  private <T> T timed(Supplier<T> adding) {
    long begin = System.nanoTime();
    T sum = adding.get();
    nanos.addAndGet(Step.SECURE_SUM.ordinal(), System.nanoTime() - begin);
    return sum;
  }

  /** Gives the root its turn, where it solves for prices; what it wants next. */
  Message turn(int root, RootTurn turn) {
    awaited = new BitSet();
    reportsAwaited = false;
    outboxes.get(root).send(iteration, phase, turn);
    while (true) {
      for (Transport.Arrival arrival : arrivals()) {
        for (Letter letter : inboxes.get(arrival.edge()).accept(arrival.bytes())) {
          Message message = letter.message();
          boolean answer = message instanceof RootOrder || message instanceof RootVerdict;
          if (answer && arrival.edge() == root) {
            return message;
          }
          take(arrival.edge(), letter);
        }
      }
    }
  }

  /** Sends one edge something that is for it alone, before the first phase. */
  void introduce(int edge, Message message) {
    outboxes.get(edge).send(0, 0, message);
  }

  /**
   * Collects the public keys of all edges, before the first phase.
   *
   * @param siteKeys by edge, overwritten
   * @param lineKeys by line end, overwritten
   */
  void collectKeys(SiteKeys[] siteKeys, LineKey[] lineKeys) {
    int missing = siteKeys.length + lineKeys.length;
    while (missing > 0) {
      for (Transport.Arrival arrival : arrivals()) {
        int edge = arrival.edge();
        for (Letter letter : inboxes.get(edge).accept(arrival.bytes())) {
          takeKey(edge, letter, siteKeys, lineKeys);
          missing--;
        }
      }
    }
  }

  private void takeKey(int edge, Letter letter, SiteKeys[] siteKeys, LineKey[] lineKeys) {
    if (letter.message() instanceof Abort abort) {
      throw new AbortedException(edge, network.nodes().get(edge), abort.code());
    }
    if (letter.message() instanceof SiteKeys key && key.owner() == edge && siteKeys[edge] == null) {
      siteKeys[edge] = key;
      return;
    }
    if (letter.message() instanceof LineKey key && key.line() < network.lines().size()) {
      int end = 2 * key.line() + (key.fromDownstream() ? 1 : 0);
      if (owner[end] == edge && lineKeys[end] == null) {
        lineKeys[end] = key;
        return;
      }
    }
    throw new ProtocolException(
        AbortCode.UNEXPECTED,
        "node " + network.nodes().get(edge) + ": no key is expected: " + letter.envelope());
  }

  /** Edge of a line end. */
  int owner(int end) {
    return owner[end];
  }

  /** Tells all edges that the run is given up. */
  void abort(AbortCode code) {
    for (Outbox outbox : outboxes) {
      outbox.send(iteration, phase, new Abort(code));
    }
  }

  /** Adds the operator's own time and starts again from zero. */
  void drainTo(long[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += nanos.getAndSet(i, 0);
    }
  }
}
