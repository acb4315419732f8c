package io.dualgrid.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Hears of SIGTERM and Ctrl-C while it is open, and then holds the end of the process back until it
 * is closed, but not for longer than a limit, so that work that hangs cannot keep the user.
 *
 * <p>The virtual machine answers these signals by running its shutdown hooks and then ending with
 * 128 + the number of the signal, 130 for Ctrl-C; this is one of the hooks.
 */
final class HeldEnd implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private final Runnable told;
  private final Runnable late;
  private final long limitSeconds;
  private final Thread hook = new Thread(this::hold, "held-end");

  private HeldEnd(long limitSeconds, Runnable told, Runnable late) {
    this.limitSeconds = limitSeconds;
    this.told = told;
    this.late = late;
  }

  /**
   * Starts listening.
   *
   * @param limitSeconds for which the end is held back at most
   * @param told called at the signal
   * @param late called when the limit has passed
   */
  static HeldEnd listen(long limitSeconds, Runnable told, Runnable late) {
    HeldEnd held = new HeldEnd(limitSeconds, told, late);
    Runtime.getRuntime().addShutdownHook(held.hook);
    return held;
  }

  /**
   * Ends the process with a code. Where a signal is ending it already, the code is the signal's,
   * and this returns: the virtual machine (up to 17 at least) takes that of whoever asks between
   * the end of the hooks and its own.
   */
  static void exit(int code) {
    Thread probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
    } catch (IllegalStateException e) {
      return;
    }
    System.exit(code);
  }

  private void hold() {
    told.run();
    try {
      if (!done.await(limitSeconds, TimeUnit.SECONDS)) {
        late.run();
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
      // the machine is shutting down already: the hook is what brought us here
    }
  }
}
