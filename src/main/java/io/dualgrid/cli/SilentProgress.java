package io.dualgrid.cli;

import io.dualgrid.parties.IterationRecord;
import io.dualgrid.parties.Stopping;

/** No display. */
final class SilentProgress extends Progress {
  SilentProgress(Stopping stopping, Interruption interruption) {
    super(stopping, interruption, Double.MAX_VALUE, () -> 0L);
  }

  @Override
  void show(IterationRecord record, double share) {
    // Quiet on purpose.
  }
}
