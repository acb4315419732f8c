package io.dualgrid.network.wire;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.CallStreamObserver;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * What leaves over a stream, no faster than its other end takes it. One message is on its way at
 * most, and flows by gRPC's own threads; who sends the next waits until it has left. So a peer that
 * reads slowly costs the memory of one message and of what gRPC takes before it says that it is not
 * ready, and one that reads nothing costs a patience. Thread safe.
 */
final class Outflow {
  private static final long GLANCE_MILLIS = 500;

  private final CallStreamObserver<byte[]> stream;
  private Iterator<byte[]> leaving = Collections.emptyIterator();
  private boolean last; // nothing follows what is leaving
  private boolean ended;

  /** What became of a message. */
  enum Sent {
    /** It leaves, or has left. */
    ON_ITS_WAY,
    /** The stream has ended, now or before. */
    NOWHERE,
    /** The one before it has not left within the patience. */
    STALLED
  }

  /** Over a stream on which nothing has been sent yet, and that is about to start. */
  Outflow(CallStreamObserver<byte[]> stream) {
    this.stream = stream;
    stream.setOnReadyHandler(this::flow);
  }

  /**
   * Sends a message when the one before it has left. The first never waits.
   *
   * @param message not to be modified
   * @param patience how long the one before it may take
   * @param meanwhile done now and then while it waits
   * @throws WireException when the thread is interrupted while it waits
   */
  Sent send(byte[] message, Duration patience, Runnable meanwhile) {
    byte[] packed = Packing.pack(message);
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Sent sent = trySend(packed);
      if (sent != Sent.STALLED || System.nanoTime() > end) {
        return sent;
      }
      meanwhile.run();
    }
  }

  private synchronized Sent trySend(byte[] message) {
    if (isBusy()) {
      try {
        TimeUnit.MILLISECONDS.timedWait(this, GLANCE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WireException("interrupted while sending", e);
      }
    }
    if (isBusy()) {
      return Sent.STALLED;
    }
    if (!ended) {
      leaving = Chunks.cut(message);
      flow();
    }
    return ended ? Sent.NOWHERE : Sent.ON_ITS_WAY;
  }

  private boolean isBusy() {
    return !ended && leaving.hasNext();
  }

  private synchronized void flow() {
    try {
      while (isBusy() && stream.isReady()) {
        stream.onNext(leaving.next());
      }
      if (!leaving.hasNext()) {
        leaving = Collections.emptyIterator(); // which holds no message
      }
      if (!ended && last && !leaving.hasNext()) {
        ended = true;
        stream.onCompleted();
      }
    } catch (IllegalStateException | StatusRuntimeException e) {
      ended = true; // by the other end, which who receives is told
    }
    if (!isBusy()) {
      notifyAll();
    }
  }

  /** Ends the stream well when all has left. */
  synchronized void complete() {
    last = true;
    flow();
  }

  /** Ends the stream with a reason, which comes after the rest of what is leaving. */
  synchronized void end(Status status) {
    try {
      while (isBusy()) {
        stream.onNext(leaving.next());
      }
      if (!ended) {
        stream.onError(status.asRuntimeException());
      }
    } catch (IllegalStateException | StatusRuntimeException e) {
      // it has ended already
    }
    hasEnded();
  }

  /** The other end has ended the stream: nobody waits for it any more. */
  synchronized void hasEnded() {
    ended = true;
    notifyAll();
  }
}
