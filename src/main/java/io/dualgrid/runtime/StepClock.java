package io.dualgrid.runtime;

import java.util.EnumMap;
import java.util.Map;

/** Adds up the time of one party by step. Used by one thread at a time. */
public final class StepClock {
  private final long[] nanos = new long[Step.values().length];
  private long last;

  /** Starts measuring. */
  public void start() {
    last = System.nanoTime();
  }

  /** Books the time since the last start or lap. */
  public void lap(Step step) {
    long now = System.nanoTime();
    nanos[step.ordinal()] += now - last;
    last = now;
  }

  /** Moves all times into a sum and starts again from zero. */
  public void drainTo(long[] sum) {
    for (int i = 0; i < nanos.length; i++) {
      sum[i] += nanos[i];
      nanos[i] = 0;
    }
  }

  /** Nanoseconds by step as seconds. */
  public static Map<Step, Double> seconds(long[] nanos) {
    Map<Step, Double> seconds = new EnumMap<>(Step.class);
    for (Step step : Step.values()) {
      seconds.put(step, nanos[step.ordinal()] * 1e-9);
    }
    return seconds;
  }
}
