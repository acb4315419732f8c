package io.dualgrid.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A link between two parties that can be cut, also after a given byte and so in the middle of a
 * message, and that can fall silent without a word. It counts the bytes of each way.
 */
final class CuttingProxy extends LoopbackProxy {
  private static final int BUFFER = 16 * 1024;

  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong cutAt = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong silentAt = new AtomicLong(Long.MAX_VALUE);
  private volatile boolean silent;

  /** To a port on this machine. */
  CuttingProxy(int target) throws IOException {
    super(target);
    listen();
  }

  /** Both ways together. */
  long bytes() {
    return bytes.get();
  }

  /** Resets everything that is open, now. */
  void cut() {
    open.forEach(CuttingProxy::reset);
    open.clear();
  }

  /** Resets when so many more bytes have passed, the last of them included. */
  void cutAfter(long more) {
    cutAt.set(bytes.get() + more);
  }

  /** Falls silent when so many more bytes have passed. */
  void silenceAfter(long more) {
    silentAt.set(bytes.get() + more);
  }

  /** Whether bytes are swallowed: the link stays open and nothing comes. */
  void silence(boolean on) {
    silent = on;
  }

  @Override
  void connect(Socket from, Socket to) {
    open.add(from);
    open.add(to);
    thread(() -> pass(from, to));
    thread(() -> pass(to, from));
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int length;
      while ((length = in.read(buffer)) >= 0) {
        if (silent || bytes.get() >= silentAt.get()) {
          continue;
        }
        long left = cutAt.get() - bytes.getAndAdd(length);
        if (left <= length) {
          cutAt.set(Long.MAX_VALUE);
          out.write(buffer, 0, (int) Math.max(0, left));
          cut();
          return;
        }
        out.write(buffer, 0, length);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      reset(from);
      reset(to);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // closed already
    }
  }

  @Override
  public void close() {
    super.close();
    cut();
  }
}
