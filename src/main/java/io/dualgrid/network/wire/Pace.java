package io.dualgrid.network.wire;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * How long a phase usually takes, to tell who is slow: the soft deadline is three times the median
 * of the last phases, and no less than a second. Used by one thread at a time.
 */
final class Pace {
  private static final int MEMORY = 63;
  private static final int FACTOR = 3;
  private static final int LEAST_KNOWN = 8;
  private static final long LEAST_NANOS = 1_000_000_000;

  private final LongSupplier nanoClock;
  private final long[] phases = new long[MEMORY];
  private int count = -1; // the first has no phase before it
  private long since;
  private boolean told;

  Pace(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    since = nanoClock.getAsLong();
  }

  /** A phase has ended, and the next begins. */
  void next() {
    long now = nanoClock.getAsLong();
    if (count >= 0) {
      phases[count % MEMORY] = now - since;
    }
    count++;
    since = now;
    told = false;
  }

  /** Whether the present phase is past the soft deadline; says so once. */
  boolean turnsSlow() {
    if (told || nanoClock.getAsLong() - since < softNanos()) {
      return false;
    }
    told = true;
    return true;
  }

  private long softNanos() {
    int known = Math.max(0, Math.min(count, MEMORY));
    if (known < LEAST_KNOWN) {
      return Long.MAX_VALUE; // setting up takes as long as it takes
    }
    long[] sorted = Arrays.copyOf(phases, known);
    Arrays.sort(sorted);
    return Math.max(LEAST_NANOS, FACTOR * sorted[known / 2]);
  }
}
