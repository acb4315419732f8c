package io.dualgrid.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A link on which everything takes a while, each way, without being the less wide for it; it counts
 * the bytes of each way.
 */
final class SlowProxy extends LoopbackProxy {
  private static final int BUFFER = 64 * 1024;

  private final long delayNanos;
  private final AtomicLong there = new AtomicLong();
  private final AtomicLong back = new AtomicLong();

  private record Piece(long due, byte[] bytes) {}

  /**
   * To a port on this machine.
   *
   * @param delayMillis one way
   */
  SlowProxy(int target, long delayMillis) throws IOException {
    super(target);
    delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
    listen();
  }

  /** Bytes to the target so far. */
  long there() {
    return there.get();
  }

  /** Bytes from the target so far. */
  long back() {
    return back.get();
  }

  @Override
  void connect(Socket from, Socket to) throws IOException {
    from.setTcpNoDelay(true);
    to.setTcpNoDelay(true);
    pass(from, to, there);
    pass(to, from, back);
  }

  private void pass(Socket from, Socket to, AtomicLong count) {
    LinkedBlockingQueue<Piece> way = new LinkedBlockingQueue<>();
    thread(() -> read(from, way, count));
    thread(() -> write(way, to));
  }

  private void read(Socket from, LinkedBlockingQueue<Piece> way, AtomicLong count) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      int length;
      while ((length = in.read(buffer)) >= 0) {
        count.addAndGet(length);
        byte[] bytes = Arrays.copyOf(buffer, length);
        way.add(new Piece(System.nanoTime() + delayNanos, bytes));
      }
    } catch (IOException e) {
      // the end of the link, which the other side is told
    }
    way.add(new Piece(System.nanoTime() + delayNanos, new byte[0]));
  }

  private static void write(LinkedBlockingQueue<Piece> way, Socket to) {
    try (to) {
      OutputStream out = to.getOutputStream();
      Piece piece;
      while ((piece = way.take()).bytes().length > 0) {
        long left = piece.due() - System.nanoTime();
        if (left > 0) {
          TimeUnit.NANOSECONDS.sleep(left);
        }
        out.write(piece.bytes());
      }
    } catch (IOException | InterruptedException e) {
      // whoever it was for has gone
    }
  }
}
