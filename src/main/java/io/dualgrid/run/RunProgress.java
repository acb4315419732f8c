package io.dualgrid.run;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a run has come, as whoever drives it knows: it outlives pauses and broken-off processes.
 * Used by one thread at a time.
 */
public final class RunProgress {
  private final List<IterationRecord> history = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private double lowerBound = Double.NEGATIVE_INFINITY;
  private double statesBound = Double.NaN;
  private double elapsedBefore;
  private long begin = System.nanoTime();
  private boolean pointless;

  /** Takes up what an earlier run knew. */
  public void restore(List<IterationRecord> earlier, List<String> earlierNotices) {
    history.addAll(earlier);
    notices.addAll(earlierNotices);
    continueFrom(history.size());
  }

  /**
   * Goes back to the end of an iteration; later ones are forgotten. Iterations begin now.
   *
   * @param iterations how many stay
   */
  public void continueFrom(int iterations) {
    history.subList(iterations, history.size()).clear();
    IterationRecord last = iterations == 0 ? null : history.get(iterations - 1);
    lowerBound =
        last == null || Double.isNaN(last.lowerBound())
            ? Double.NEGATIVE_INFINITY
            : last.lowerBound();
    statesBound = Double.NaN;
    elapsedBefore = last == null ? 0.0 : last.elapsedSeconds();
    begin = System.nanoTime();
  }

  /** One record an iteration. */
  public List<IterationRecord> history() {
    return List.copyOf(history);
  }

  /** For people. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  /** Adds a notice for people. */
  public void note(String notice) {
    notices.add(notice);
  }

  /** Number of iterations done. */
  public int iterations() {
    return history.size();
  }

  /** Best bound on the optimal cost so far; NaN where none is known. */
  public double lowerBound() {
    return lowerBound == Double.NEGATIVE_INFINITY ? Double.NaN : lowerBound;
  }

  /** Bound on the cost with the states that sites have fixed; NaN where none are. */
  public double statesBound() {
    return statesBound;
  }

  /** Time spent in iterations, without what was between two runs or epochs. */
  public double elapsedSeconds() {
    return elapsedBefore + (System.nanoTime() - begin) * 1e-9;
  }

  /** Whether no point within the limits was found, nor will be. */
  boolean pointless() {
    return pointless;
  }

  void endPointless() {
    pointless = true;
  }

  void raise(double bound, double boundWithStates) {
    if (bound > lowerBound) {
      lowerBound = bound;
    }
    statesBound = boundWithStates;
  }

  void add(IterationRecord record) {
    history.add(record);
  }
}
