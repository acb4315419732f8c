package io.dualgrid.run;

/** Follows a run; called on the thread that runs it. */
public interface RunObserver {
  /** An observer that does nothing. */
  RunObserver NONE = new RunObserver() {};

  /** The parties are set up; iterations begin. */
  default void started(double setupSeconds) {}

  /** An iteration has ended. */
  default void iteration(IterationRecord iteration) {}

  /** Asked after each iteration; true ends the run as interrupted, with what is known so far. */
  default boolean cancelled() {
    return false;
  }
}
