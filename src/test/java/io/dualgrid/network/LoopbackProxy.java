package io.dualgrid.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between two parties on this machine: whoever dials it is connected to a port. */
abstract class LoopbackProxy implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final ServerSocket listener;
  private volatile int target;

  /** To a port on this machine; connects nobody before {@link #listen}. */
  LoopbackProxy(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
  }

  /** Passes on what comes, each way. */
  abstract void connect(Socket from, Socket to) throws IOException;

  int port() {
    return listener.getLocalPort();
  }

  /** Whoever dials from now on is connected to another port: what has died comes back elsewhere. */
  final void leadTo(int other) {
    target = other;
  }

  final void listen() {
    thread(this::accept);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        passOn(listener.accept());
      } catch (IOException e) {
        // closed, or the caller has gone; whoever dials tries again
      }
    }
  }

  private void passOn(Socket from) throws IOException {
    Socket to;
    try {
      to = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      from.close(); // nobody listens behind it now
      return;
    }
    connect(from, to);
  }

  static void thread(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
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
