package io.dualgrid.operator;

import io.dualgrid.protocol.Abort;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.LineKey;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.RootOrder;
import io.dualgrid.protocol.RootTurn;
import io.dualgrid.protocol.RootVerdict;
import io.dualgrid.protocol.SiteKeys;
import io.dualgrid.protocol.TreePart;
import io.dualgrid.protocol.TreeSum;
import io.dualgrid.runtime.Step;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * The operator's talk with all edges, phase by phase: an order goes out to all, and nothing goes on
 * before every answer that the order calls for is there.
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
  private final Branch branch;
  private final ReportSum reports;
  private final int[] owner; // edge of each line end
  private final TreeAdder tree;
  private final AtomicLongArray nanos = new AtomicLongArray(Step.values().length);
  private int iteration;
  private int phase;
  private boolean open; // whether answers are still missing
  private Optional<Payload> total = Optional.empty(); // of the reports of the last phase

  /** With the edges of a branch, which is all of the feeder. */
  Rounds(Network network, Branch branch, ReportSum reports) {
    this.network = network;
    this.branch = branch;
    this.reports = reports;
    owner = network.owners();
    tree = new TreeAdder(network);
  }

  /** Begins an iteration; its phases are counted from one. */
  void begin(int newIteration) {
    iteration = newIteration;
    phase = 0;
  }

  /** Tells all edges a decision that they do not answer. */
  void tell(Broadcast order) {
    phase++;
    branch.tell(iteration, phase, order);
  }

  /** Asks all edges for a report; the sum over all. */
  double[] sum(Broadcast order) {
    collect(order, new BitSet(), new BitSet(), true);
    return readTotal();
  }

  /** Has some line ends send their copies, and some read the consensus formed with them. */
  void exchange(Broadcast order, BitSet senders, BitSet readers) {
    collect(order, senders, readers, false);
  }

  /** The same, with the sum over a report of every edge. */
  double[] exchangeAndSum(Broadcast order, BitSet senders, BitSet readers) {
    collect(order, senders, readers, true);
    return readTotal();
  }

  private void collect(Broadcast order, BitSet senders, BitSet readers, boolean withReports) {
    open(order, senders, readers, withReports);
    while (open) {
      receive();
    }
  }

  /** Asks all edges for a report; the sum over all, unread. */
  Payload total(Broadcast order) {
    collect(order, new BitSet(), new BitSet(), true);
    return total.orElseThrow();
  }

  /**
   * Adds up over the part of the tree below each line, then along the path to each node, and gives
   * the sums to those whom they concern. All edges report when they have heard everything.
   */
  double[] sweep(Broadcast order) {
    collectSweep(order);
    return readTotal();
  }

  /** The same, with the sum unread. */
  Payload sweptTotal(Broadcast order) {
    collectSweep(order);
    return total.orElseThrow();
  }

  private void collectSweep(Broadcast order) {
    tree.begin(true);
    open(order, new BitSet(), new BitSet(), true);
    while (tree.incomplete()) {
      receive();
    }
    sendSums(timed(tree::overSubtrees), true);
    tree.begin(false);
    while (tree.incomplete()) {
      receive();
    }
    sendSums(timed(tree::alongPaths), false);
    while (open) {
      receive();
    }
  }

  /** To the lower ends of all lines, and to the upper ones, too, where they are to have them. */
  private void sendSums(List<byte[]> sums, boolean both) {
    for (int line = 0; line < sums.size(); line++) {
      if (both) {
        send(owner[2 * line], new TreeSum(line, false, sums.get(line)));
      }
      send(owner[2 * line + 1], new TreeSum(line, true, sums.get(line)));
    }
  }

  private void send(int edge, Message message) {
    branch.send(iteration, phase, edge, message);
  }

  private void open(Broadcast order, BitSet senders, BitSet readers, boolean withReports) {
    phase++;
    open = true;
    total = Optional.empty();
    branch.open(new Branch.Phase(iteration, phase, order, senders, readers, withReports));
  }

  /** Takes in what has arrived. */
  private void receive() {
    news().forEach(this::take);
  }

  private List<Branch.News> news() {
    List<Branch.News> news = branch.receive();
    if (news.isEmpty()) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED,
          "phase " + phase + " does not end: nothing comes any more from nodes " + silent());
    }
    return news;
  }

  private List<Integer> silent() {
    BitSet edges = branch.silent();
    tree.missing().forEach(end -> edges.set(owner[end]));
    return edges.stream().mapToObj(network.nodes()::get).toList();
  }

  private void take(Branch.News news) {
    if (news instanceof Branch.Done done && open) {
      open = false;
      total = done.total();
    } else if (news instanceof Branch.Passed passed) {
      take(passed.edge(), passed.letter());
    } else {
      throw new IllegalStateException("a phase has ended that was not open");
    }
  }

  private void take(int edge, Letter letter) {
    Envelope envelope = letter.envelope();
    requireNoAbort(edge, letter);
    if (envelope.iteration() == iteration
        && envelope.phase() == phase
        && letter.message() instanceof TreePart part) {
      int end = Network.endOf(part.line(), part.fromDownstream());
      if (end < owner.length && owner[end] == edge && tree.takes(part)) {
        return;
      }
    }
    throw new ProtocolException(AbortCode.UNEXPECTED, name(edge) + ": not now: " + envelope);
  }

  private void requireNoAbort(int edge, Letter letter) {
    if (letter.message() instanceof Abort abort) {
      throw new AbortedException(edge, network.nodes().get(edge), abort.code());
    }
  }

  private String name(int edge) {
    return "node " + network.nodes().get(edge);
  }

  private double[] readTotal() {
    return timed(() -> reports.read(Envelope.round(iteration, phase), total.orElseThrow()));
  }

  private <T> T timed(Supplier<T> adding) {
    long begin = System.nanoTime();
    T sum = adding.get();
    nanos.addAndGet(Step.SECURE_SUM.ordinal(), System.nanoTime() - begin);
    return sum;
  }

  /** Gives the root its turn, where it solves for prices; what it wants next. */
  Message turn(int root, RootTurn turn) {
    send(root, turn);
    while (true) {
      for (Branch.News each : news()) {
        if (each instanceof Branch.Passed passed && passed.edge() == root) {
          Message message = passed.letter().message();
          if (message instanceof RootOrder || message instanceof RootVerdict) {
            return message;
          }
        }
        take(each);
      }
    }
  }

  /** Sends one edge something that is for it alone, before the first phase. */
  void introduce(int edge, Message message) {
    branch.send(0, 0, edge, message);
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
      for (Branch.News each : news()) {
        if (each instanceof Branch.Passed passed) {
          takeKey(passed.edge(), passed.letter(), siteKeys, lineKeys);
          missing--;
        } else {
          take(each);
        }
      }
    }
  }

  private void takeKey(int edge, Letter letter, SiteKeys[] siteKeys, LineKey[] lineKeys) {
    requireNoAbort(edge, letter);
    if (letter.message() instanceof SiteKeys key && key.owner() == edge && siteKeys[edge] == null) {
      siteKeys[edge] = key;
      return;
    }
    if (letter.message() instanceof LineKey key) {
      int end = Network.endOf(key.line(), key.fromDownstream());
      if (end < owner.length && owner[end] == edge && lineKeys[end] == null) {
        lineKeys[end] = key;
        return;
      }
    }
    throw new ProtocolException(
        AbortCode.UNEXPECTED, name(edge) + ": no key is expected: " + letter.envelope());
  }

  /** Edge of a line end. */
  int owner(int end) {
    return owner[end];
  }

  /** Tells all edges that the run is given up. */
  void abort(AbortCode code) {
    branch.abort(iteration, phase, new Abort(code));
  }

  /** Adds the operator's own time and starts again from zero. */
  void drainTo(long[] sum) {
    branch.timeTo(nanos);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += nanos.getAndSet(i, 0);
    }
  }
}
