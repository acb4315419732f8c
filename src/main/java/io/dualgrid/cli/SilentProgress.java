package io.dualgrid.cli;

import io.dualgrid.parties.IterationRecord;
import io.dualgrid.parties.RunSettings;

/** No display. */
final class SilentProgress extends Progress {
  SilentProgress(RunSettings settings, Interruption interruption) {
    super(settings, interruption, Double.MAX_VALUE, () -> 0L);
  }

  @Override
  void show(IterationRecord record, double share) {
    // Quiet on purpose.
  }
}
