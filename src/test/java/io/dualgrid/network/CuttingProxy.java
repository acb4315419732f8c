package io.dualgrid.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A link between two parties that can be cut, also after a given byte and so in the middle of a
 * message, that can be slow, and that can fall silent without a word. It counts the bytes of each
 * way.
 */
final class CuttingProxy extends LoopbackProxy {
  private static final int BUFFER = 16 * 1024;

  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong cutAt = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong silentAt = new AtomicLong(Long.MAX_VALUE);
  private final ConcurrentNavigableMap<Long, Runnable> due = new ConcurrentSkipListMap<>();
  private final Set<Socket> dead = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;
  private volatile long delayMillis;

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

  /** Has something happen, on a thread of its own, when so many bytes have passed in all. */
  void when(long reached, Runnable what) {
    due.merge(
        reached,
        what,
        (first, second) ->
            () -> {
              first.run();
              second.run();
            });
  }

  /** What is open stays so, and nothing comes over it any more; whoever dials again is heard. */
  void silenceOpen() {
    dead.addAll(open);
  }

  /** What is read together is that long on its way from now on, and the next waits for it. */
  void delay(long millis) {
    delayMillis = millis;
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
        if (silent || bytes.get() >= silentAt.get() || dead.contains(from)) {
          continue;
        }
        if (delayMillis > 0) {
          TimeUnit.MILLISECONDS.sleep(delayMillis);
        }
        long left = cutAt.get() - bytes.getAndAdd(length);
        if (left <= length) {
          cutAt.set(Long.MAX_VALUE);
          out.write(buffer, 0, (int) Math.max(0, left));
          cut();
          return;
        }
        out.write(buffer, 0, length);
        strike();
      }
      to.shutdownOutput();
    } catch (IOException | InterruptedException e) {
      reset(from);
      reset(to);
    }
  }

  private void strike() {
    Map.Entry<Long, Runnable> next = due.firstEntry();
    while (next != null && next.getKey() <= bytes.get()) {
      if (due.remove(next.getKey(), next.getValue())) {
        thread(next.getValue());
      }
      next = due.firstEntry();
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
