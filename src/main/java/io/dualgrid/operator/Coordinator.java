package io.dualgrid.operator;

import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.steering.Outcome;
import java.util.Optional;

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

  /**
   * Whether it has come so far without a point within the limits that there may be none. Not of an
   * algorithm that finds out by itself.
   */
  default boolean doubts() {
    return false;
  }

  /** Where newton may begin on another day, once it has prices; nothing of other algorithms. */
  default Optional<NewtonStart> keptStart() {
    return Optional.empty();
  }

  /** Keeps everything that the next iteration depends on, or takes it up. */
  void state(StateArchive archive);
}
