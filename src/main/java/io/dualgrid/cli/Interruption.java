package io.dualgrid.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C (and SIGTERM, as batch systems send it) into a polite request while it is open.
 *
 * <p>The virtual machine answers these signals by running its shutdown hooks and then ending with
 * 128 + the number of the signal, 130 for Ctrl-C. The hook of this class raises the flag and then
 * holds the end back until {@link #close}, so that the run can finish its iteration and write what
 * it knows; but not for longer than a limit, so that a solver that hangs cannot keep the user.
 */
final class Interruption implements AutoCloseable {
  private static final long LIMIT_SECONDS = 30;

  private final CountDownLatch done = new CountDownLatch(1);
  private final PrintWriter err;
  private final Thread hook = new Thread(this::holdBack, "interruption");
  private volatile boolean requested;

  private Interruption(PrintWriter err) {
    this.err = err;
  }

  /** Starts listening. */
  static Interruption listen(PrintWriter err) {
    Interruption interruption = new Interruption(err);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether the user wants the run to end. */
  boolean requested() {
    return requested;
  }

  private void holdBack() {
    requested = true;
    err.println();
    err.println("interrupted: ending after this iteration, keeping what is known");
    try {
      if (!done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        err.println("no end to this iteration in " + LIMIT_SECONDS + " s: giving up");
      }
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
      // The machine is shutting down already: the hook is what brought us here.
    }
  }
}
