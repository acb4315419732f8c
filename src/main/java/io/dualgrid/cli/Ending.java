package io.dualgrid.cli;

/**
 * Has SIGTERM and Ctrl-C end the work of a thread in good order while it is open: the thread is
 * interrupted, and the process waits until this is closed, but not for longer than a limit.
 */
final class Ending implements AutoCloseable {
  private static final long LIMIT_SECONDS = 15;

  private final HeldEnd held;

  private Ending(Thread worker) {
    held = HeldEnd.listen(LIMIT_SECONDS, worker::interrupt, () -> {});
  }

  /** Of the thread that calls. */
  static Ending ofThisThread() {
    return new Ending(Thread.currentThread());
  }

  /** Lets the process end. */
  @Override
  public void close() {
    held.close();
  }
}
