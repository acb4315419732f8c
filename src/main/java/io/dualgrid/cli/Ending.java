package io.dualgrid.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has SIGTERM and Ctrl-C end the work of a thread in good order while it is open: the thread is
 * interrupted, and the process waits until this is closed, but not for longer than a limit.
 */
final class Ending implements AutoCloseable {
  private static final long LIMIT_SECONDS = 15;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread worker;
  private final Thread hook = new Thread(this::end, "ending");

  private Ending(Thread worker) {
    this.worker = worker;
  }

  /** Of the thread that calls. */
  static Ending ofThisThread() {
    Ending ending = new Ending(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(ending.hook);
    return ending;
  }

  private void end() {
    worker.interrupt();
    try {
      done.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the process end. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the machine is shutting down already: the hook is what brought us here
    }
  }
}
