package io.dualgrid.operator;

import io.dualgrid.ckks.CkksException;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.runtime.Step;
import io.dualgrid.runtime.WorkerPool;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.ObjIntConsumer;

/**
 * What a branch adds up, and the time that it takes: the copies of lines, of which the latest of
 * each end is kept, and reports. It never reads one. One thread at a time.
 */
final class BranchSums {
  private final CopySum copies;
  private final ReportSum reports;
  private final WorkerPool pool;
  private final Boundary[] latest; // by line end
  private final long[] sequences; // number of the latest
  private final AtomicLong lineNanos = new AtomicLong(); // of all threads
  private long reportNanos;

  BranchSums(Network network, CopySum copies, ReportSum reports, WorkerPool pool) {
    this.copies = copies;
    this.reports = reports;
    this.pool = pool;
    int ends = 2 * network.lines().size();
    latest = new Boundary[ends];
    sequences = new long[ends];
  }

  /** Takes the copy of a line end in the place of the one before. */
  void take(int end, Boundary boundary, long sequence) {
    latest[end] = boundary;
    sequences[end] = sequence;
  }

  /**
   * Forms what line ends are to read.
   *
   * @param readers line ends of the phase, of which others may be meant as well
   * @param formed those of them whose consensus is formed here
   * @param pack makes of each, and the number of its reader, what is sent; many at a time
   * @param send takes each with the number of its reader, ascending, when all are there
   */
  <T> void formConsensus(
      BitSet readers,
      BitSet formed,
      BiFunction<Consensus, Integer, T> pack,
      ObjIntConsumer<T> send) {
    List<Integer> ends = readers.stream().filter(formed::get).boxed().toList();
    List<T> packed = pool.map(ends, end -> pack.apply(consensus(end), end));
    for (int k = 0; k < packed.size(); k++) {
      send.accept(packed.get(k), ends.get(k));
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
      // the receiver knows its own part; the tag is of the other's
      byte[] tag = toDownstream ? up.tag() : down.tag();
      IntFunction<Payload.Hidden> room = length -> Consensus.room(length, tag.length);
      Payload sum =
          toDownstream
              ? copies.combine(up.underNeighbourKey(), weight, down.underOwnKey(), 1 - weight, room)
              : copies.combine(
                  up.underOwnKey(), weight, down.underNeighbourKey(), 1 - weight, room);
      return new Consensus(
          line, toDownstream, sequences[2 * line], sequences[2 * line + 1], sum, tag);
    } catch (CkksException e) {
      throw new CkksException(e.reason(), "line " + line + ": " + e.getMessage(), e);
    } catch (ProtocolException e) {
      throw new ProtocolException(e.code(), "line " + line + ": " + e.getMessage(), e);
    } finally {
      lineNanos.addAndGet(System.nanoTime() - begin);
    }
  }

  /** The sum over one report of each site, in order. */
  Payload add(Branch.Phase phase, List<Payload> ofSites) {
    return timed(phase, round -> reports.add(round, ofSites));
  }

  /** The sum of what has been added up of parts. */
  Payload merge(Branch.Phase phase, List<Payload> ofParts) {
    return timed(phase, round -> reports.merge(round, ofParts));
  }

  private Payload timed(Branch.Phase phase, LongFunction<Payload> adding) {
    long begin = System.nanoTime();
    Payload sum = adding.apply(Envelope.round(phase.iteration(), phase.number()));
    reportNanos += System.nanoTime() - begin;
    return sum;
  }

  /** Adds the time that sums took to that of their steps, and starts again from zero. */
  void timeTo(AtomicLongArray nanos) {
    nanos.addAndGet(Step.SUM.ordinal(), lineNanos.getAndSet(0));
    nanos.addAndGet(Step.SECURE_SUM.ordinal(), reportNanos);
    reportNanos = 0;
  }
}
