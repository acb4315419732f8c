package io.dualgrid.network.wire;

import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * What comes over a stream and waits to be taken. gRPC is asked for the next chunk only while less
 * than a limit waits, so that a peer that sends more than is taken is held back by the flow control
 * of HTTP/2 and fills its own memory. At most the limit and one message are held. Thread safe, but
 * for chunks, which come one after the other.
 */
final class Inflow {
  /** What a message costs beside its bytes, so that empty ones are not free. */
  private static final int BYTES_BESIDE = 64;

  private final IntConsumer request;
  private final int mostWaiting;
  private Chunks chunks;
  private int mostBytes;
  private long waiting;
  private boolean asked;

  /**
   * Asks for nothing before {@link #begin}.
   *
   * @param request asks gRPC for so many chunks
   * @param mostWaiting bytes that wait to be taken before no more are asked for
   * @param mostBytes of a message
   */
  Inflow(IntConsumer request, int mostWaiting, int mostBytes) {
    this.request = request;
    this.mostWaiting = mostWaiting;
    allow(mostBytes);
  }

  /** Asks for the first chunk. */
  synchronized void begin() {
    askForMore();
  }

  /** Lets larger messages through from the next on. */
  void allow(int newMost) {
    mostBytes = newMost;
    chunks = new Chunks(newMost);
  }

  /**
   * Takes in a chunk.
   *
   * @return the message when this was its last, unpacked; it waits until {@link #taken}
   * @throws WireException as {@link Chunks#accept} and {@link Packing#unpack}; nothing is asked for
   *     after that
   */
  Optional<byte[]> accept(byte[] chunk) {
    Optional<byte[]> message =
        chunks.accept(chunk).map(packed -> Packing.unpack(packed, mostBytes));
    synchronized (this) {
      asked = false;
      waiting += message.map(Inflow::cost).orElse(0L);
      askForMore();
    }
    return message;
  }

  /** A message does not wait any more. */
  synchronized void taken(byte[] message) {
    waiting -= cost(message);
    askForMore();
  }

  private static long cost(byte[] message) {
    return (long) message.length + BYTES_BESIDE;
  }

  private void askForMore() {
    if (!asked && waiting < mostWaiting) {
      asked = true;
      request.accept(1);
    }
  }
}
