package io.dualgrid.cli;

import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunSettings;

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
