package io.dualgrid.study;

/** Follows a study; called by all of its threads. */
public interface StudyObserver {
  /**
   * Chains that an earlier process has finished.
   *
   * @param days of these chains
   */
  default void found(long days) {}

  /** A day has been run. */
  default void dayDone() {}

  /** Asked all the time; true ends the study, with its finished chains kept. */
  default boolean cancelled() {
    return false;
  }
}
