package io.dualgrid.cli;

import java.io.PrintWriter;

/**
 * Turns Ctrl-C (and SIGTERM, as batch systems send it) into a polite request while it is open: the
 * run can finish its iteration and write what it knows before the process ends.
 */
final class Interruption implements AutoCloseable {
  private static final long LIMIT_SECONDS = 30;

  private final PrintWriter err;
  private final HeldEnd held;
  private volatile boolean requested;

  private Interruption(PrintWriter err) {
    this.err = err;
    held = HeldEnd.listen(LIMIT_SECONDS, this::request, this::giveUp);
  }

  /** Starts listening. */
  static Interruption listen(PrintWriter err) {
    return new Interruption(err);
  }

  /** Whether the user wants the run to end. */
  boolean requested() {
    return requested;
  }

  private void request() {
    requested = true;
    err.println();
    err.println("interrupted: ending after this iteration, keeping what is known");
  }

  private void giveUp() {
    err.println("no end to this iteration in " + LIMIT_SECONDS + " s: giving up");
  }

  /** Lets the process end. */
  @Override
  public void close() {
    held.close();
  }
}
