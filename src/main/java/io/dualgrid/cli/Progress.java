package io.dualgrid.cli;

import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunSettings;
import java.util.function.LongSupplier;

/** Shows how a run goes: the part that does not depend on where. */
abstract class Progress implements RunObserver {
  private static final double WINDOW_SECONDS = 2.0;

  private final Interruption interruption;
  private final Closeness closeness;
  private final TimeLeft timeLeft;
  private final long intervalNanos;
  private final LongSupplier clock;
  private IterationRecord last;
  private double share;
  private long shownAt;
  private boolean lastIsShown = true;
  private double windowSeconds;
  private int windowIteration;
  private double nextWindowSeconds;
  private int nextWindowIteration;

  /**
   * A display.
   *
   * @param settings of the run
   * @param interruption asked whether the run shall end
   * @param intervalSeconds time between two updates, at least
   * @param clock nanoseconds
   */
  Progress(
      RunSettings settings, Interruption interruption, double intervalSeconds, LongSupplier clock) {
    this.closeness = new Closeness(settings.stopping(), settings.gapTolerance());
    this.timeLeft = new TimeLeft(settings);
    this.interruption = interruption;
    this.intervalNanos = (long) (intervalSeconds * 1e9);
    this.clock = clock;
  }

  /** The display that fits a terminal. */
  static Progress on(
      Terminal terminal, boolean quiet, RunSettings settings, Interruption interruption) {
    if (quiet) {
      return new SilentProgress(settings, interruption);
    }
    return terminal.interactive()
        ? new LiveProgress(terminal, settings, interruption, System::nanoTime)
        : new PlainProgress(terminal.out(), settings, interruption, System::nanoTime);
  }

  /** The display that shows every iteration. */
  static Progress ofAll(Terminal terminal, RunSettings settings, Interruption interruption) {
    return new PlainProgress(terminal.out(), settings, interruption, 0, System::nanoTime);
  }

  @Override
  public final void iteration(IterationRecord record) {
    boolean first = last == null;
    last = record;
    share = closeness.after(record);
    timeLeft.after(record);
    moveWindow();
    long now = clock.getAsLong();
    lastIsShown = first || now - shownAt >= intervalNanos;
    if (lastIsShown) {
      shownAt = now;
      show(record, share);
    }
  }

  @Override
  public final boolean cancelled() {
    return interruption.requested();
  }

  /** The run has ended: shows its last iteration. */
  final void finish() {
    if (!lastIsShown) {
      show(last, share);
      lastIsShown = true;
    }
    end();
  }

  /** Says that the run has begun, before there is anything to count. */
  void settingUp() {}

  /** Shows an iteration and how close it is to the stopping rule, 0 to 1. */
  abstract void show(IterationRecord record, double share);

  /** Leaves the display. */
  void end() {}

  /** Iterations a second of late, for the pace changes during a run. */
  final double rate() {
    double seconds = last.elapsedSeconds() - windowSeconds;
    return (last.iteration() - windowIteration) / Math.max(seconds, 1e-9);
  }

  /** How long the run will take yet, see {@link TimeLeft}; empty when there is no telling. */
  final String left() {
    return share < 1.0 ? timeLeft.text(rate()) : "";
  }

  // The rate is that since the last but one mark, so over one to two windows.
  private void moveWindow() {
    if (last.elapsedSeconds() - nextWindowSeconds >= WINDOW_SECONDS) {
      windowSeconds = nextWindowSeconds;
      windowIteration = nextWindowIteration;
      nextWindowSeconds = last.elapsedSeconds();
      nextWindowIteration = last.iteration();
    }
  }
}
