package io.dualgrid.operator;

import io.dualgrid.runtime.StateArchive;

/**
 * The operator's part of an algorithm: the phases of an iteration, and what it decides from them.
 */
interface Coordinator {
  /**
   * Runs the phases that come before the first iteration.
   *
   * @param hub whether sums over each half of the depths may be asked for
   */
  void start(boolean hub);

  /** Runs one iteration. */
  Outcome iterate(int iteration);

  /** Keeps everything that the next iteration depends on, or takes it up. */
  void state(StateArchive archive);
}
