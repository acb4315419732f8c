package io.dualgrid.cli;

import io.dualgrid.study.StudyObserver;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how a study goes: days done, their pace and the time left; on a terminal one line that is
 * redrawn in place, elsewhere a line at a steady pace.
 */
final class StudyProgress implements StudyObserver {
  private static final double LIVE_SECONDS = 0.2;
  private static final double PLAIN_SECONDS = 10;
  private static final String CLEAR = "\r\u001b[K";

  private final Terminal terminal;
  private final boolean quiet;
  private final Interruption interruption;
  private final LongSupplier clock;
  private final long all;
  private final long begin;
  private long found;
  private long done;
  private long shownAt;

  /**
   * A display.
   *
   * @param all days of the study
   * @param clock nanoseconds
   */
  StudyProgress(
      Terminal terminal, boolean quiet, Interruption interruption, long all, LongSupplier clock) {
    this.terminal = terminal;
    this.quiet = quiet;
    this.interruption = interruption;
    this.all = all;
    this.clock = clock;
    begin = clock.getAsLong();
    shownAt = begin;
  }

  @Override
  public synchronized void found(long days) {
    found = days;
    if (days > 0 && !quiet) {
      terminal.out().println(days + " of " + all + " days are there already");
      terminal.out().flush();
    }
  }

  @Override
  public synchronized void dayDone() {
    done++;
    long now = clock.getAsLong();
    double interval = terminal.interactive() ? LIVE_SECONDS : PLAIN_SECONDS;
    if (!quiet && (now - shownAt >= interval * 1e9 || done + found == all)) {
      shownAt = now;
      terminal
          .out()
          .print(terminal.interactive() ? CLEAR + line() : line() + System.lineSeparator());
      terminal.out().flush();
    }
  }

  @Override
  public boolean cancelled() {
    return interruption.requested();
  }

  /** How many days were run. */
  synchronized long done() {
    return done;
  }

  /** Since the begin. */
  double seconds() {
    return (clock.getAsLong() - begin) * 1e-9;
  }

  /** Leaves the display. */
  synchronized void end() {
    if (!quiet && terminal.interactive() && done > 0) {
      terminal.out().println();
      terminal.out().flush();
    }
  }

  private String line() {
    double rate = done / Math.max(seconds(), 1e-9);
    long left = all - found - done;
    return String.format(
            Locale.ROOT,
            "day %d of %d  %3d%%  %s days/s",
            found + done,
            all,
            100 * (found + done) / all,
            Numbers.brief(rate))
        + (left == 0 ? "" : "  about " + TimeLeft.rounded(left / rate) + " left");
  }
}
