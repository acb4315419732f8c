package io.dualgrid.operator;

import io.dualgrid.protocol.Abort;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Finish;
import io.dualgrid.protocol.Inbox;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.Outbox;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.RelayDone;
import io.dualgrid.protocol.RelayLetter;
import io.dualgrid.protocol.RelayOrder;
import io.dualgrid.protocol.Transport;
import io.dualgrid.runtime.WorkerPool;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * A part of the operator, for a part of the sites: it ends their links, passes orders on to them,
 * forms the consensus of lines among them, and hands up one sum of what they report. What it cannot
 * do alone, it passes on as it is. It decides nothing, has no key, and sees of its sites what the
 * operator would see. Thread safe: what comes from either side may come from a thread of its own.
 */
public final class Relay implements AutoCloseable {
  private final CopySum copies;
  private final DirectBranch branch;
  private final Inbox inbox;
  private final Outbox outbox;
  private Envelope phase; // of the latest order
  private boolean finished;
  private AbortCode aborted;
  private volatile boolean waiting; // read by who must not wait for the lock

  /**
   * For an epoch of a run.
   *
   * @param sites numbers among all, ascending; the links are in the same order
   * @param place of the relay among all
   * @param links of the sites
   * @param operator takes letters to the operator
   */
  public Relay(
      Network network,
      BitSet sites,
      Operator.Agreement agreed,
      int place,
      Transport links,
      Consumer<byte[]> operator,
      WorkerPool pool) {
    copies = agreed.copies();
    int count = network.nodes().size();
    ReportSum adder = agreed.encrypted() ? ReportSum.masked(count, sites) : ReportSum.PLAIN;
    BranchSums sums = new BranchSums(network, copies, adder, pool);
    branch = new DirectBranch(network, sites, links, sums, pool, agreed.run(), agreed.epoch());
    inbox = new Inbox("the operator", agreed.run(), agreed.epoch(), place);
    outbox = Outbox.once(agreed.run(), agreed.epoch(), place, operator);
  }

  /** Takes bytes of the operator in. */
  public synchronized void fromOperator(byte[] bytes) {
    for (Letter letter : inbox.accept(bytes)) {
      obey(letter);
      report();
    }
  }

  private void obey(Letter letter) {
    Envelope envelope = letter.envelope();
    if (letter.message() instanceof RelayOrder order) {
      phase = envelope;
      if (order.answered()) {
        branch.open(
            new Branch.Phase(
                envelope.iteration(),
                envelope.phase(),
                order.order(),
                order.senders(),
                order.readers(),
                order.withReports()));
      } else {
        branch.tell(envelope.iteration(), envelope.phase(), order.order());
      }
      finished |= order.order() instanceof Finish;
    } else if (letter.message() instanceof RelayLetter passed) {
      branch.send(envelope.iteration(), envelope.phase(), passed.edge(), passed.message());
    } else if (letter.message() instanceof Abort abort) {
      branch.abort(envelope.iteration(), envelope.phase(), abort);
      aborted = abort.code();
    } else {
      throw new ProtocolException(AbortCode.UNEXPECTED, "the operator: no order: " + envelope);
    }
  }

  /** Takes in what sites have sent. */
  public synchronized void fromSites(List<Transport.Arrival> arrivals) {
    branch.accept(arrivals);
    report();
  }

  private void report() {
    waiting = branch.waits();
    for (Branch.News news : branch.takeNews()) {
      if (news instanceof Branch.Passed passed) {
        Envelope envelope = passed.letter().envelope();
        outbox.send(
            envelope.iteration(),
            envelope.phase(),
            new RelayLetter(passed.edge(), envelope.sequence(), passed.letter().message()));
      } else if (news instanceof Branch.Done done) {
        outbox.send(phase.iteration(), phase.phase(), new RelayDone(done.total()));
      }
    }
  }

  /** Whether all sites have been told that the run is over, or given up. */
  public synchronized boolean over() {
    return finished || aborted != null;
  }

  /** Whether sites have results to keep, when the run is over; else it was given up. */
  public synchronized boolean complete() {
    return finished || aborted == AbortCode.INFEASIBLE;
  }

  /** Whether something of an order is missing that sites are to send. */
  public boolean waits() {
    return waiting;
  }

  /** Frees what the sums have used. */
  @Override
  public synchronized void close() {
    copies.close();
  }
}
