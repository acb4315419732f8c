package io.dualgrid.run;

/** Keeps states of a run, so that it can go on later; called on the thread that runs it. */
public interface StateKeeper {
  /** Keeps nothing. */
  StateKeeper NONE =
      new StateKeeper() {
        @Override
        public boolean due(IterationRecord latest) {
          return false;
        }

        @Override
        public void keep(RunState state) {
          // Nothing, on purpose.
        }
      };

  /** Asked after each iteration; true for a state to keep. */
  boolean due(IterationRecord latest);

  /**
   * Keeps a state: one that was due, or the last one of a run that ended before it converged. Not
   * called for a run that has converged or failed.
   */
  void keep(RunState state);
}
