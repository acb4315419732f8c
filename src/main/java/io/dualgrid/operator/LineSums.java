package io.dualgrid.operator;

import io.dualgrid.ckks.CkksException;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The copies of lines, of which the latest of each end is kept, and the consensus of both. It never
 * reads one. Copies are taken by one thread at a time; a consensus may be formed by several.
 */
final class LineSums {
  private final CopySum copies;
  private final Boundary[] latest; // by line end
  private final long[] sequences; // number of the latest
  private final AtomicLong nanos = new AtomicLong();

  LineSums(Network network, CopySum copies) {
    this.copies = copies;
    int ends = 2 * network.lines().size();
    latest = new Boundary[ends];
    sequences = new long[ends];
  }

  /** Takes the copy of a line end in the place of the one before. */
  void take(int end, Boundary boundary, long sequence) {
    latest[end] = boundary;
    sequences[end] = sequence;
  }

  /** The consensus of a line for one of its ends. */
  Consensus consensus(int reader) {
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
      nanos.addAndGet(System.nanoTime() - begin);
    }
  }

  /** Time taken since this was last asked. */
  long takeNanos() {
    return nanos.getAndSet(0);
  }
}
