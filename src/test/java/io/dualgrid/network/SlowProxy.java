package io.dualgrid.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A link on which everything takes a while, each way, without being the less wide for it; it counts
 * the bytes of each way.
 */
final class SlowProxy implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final ServerSocket listener;
  private final int target;
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
    this.target = target;
    delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
    listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Bytes to the target so far. */
  long there() {
    return there.get();
  }

  /** Bytes from the target so far. */
  long back() {
    return back.get();
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket from = listener.accept();
        Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
        from.setTcpNoDelay(true);
        to.setTcpNoDelay(true);
        pass(from, to, there);
        pass(to, from, back);
      } catch (IOException e) {
        // nobody listens behind it now; whoever dials tries again
      }
    }
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

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
