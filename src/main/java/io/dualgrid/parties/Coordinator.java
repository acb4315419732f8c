package io.dualgrid.parties;

/** Drives the parties of a run through one iteration after the other. */
interface Coordinator {

  /** Runs one iteration. */
  Outcome iterate();

  /**
   * Keeps everything that the next iteration depends on, or takes it up; between iterations only.
   */
  void state(StateArchive archive);

  /**
   * What the operator knows after an iteration.
   *
   * @param converged whether the stopping rule holds
   * @param penalty of active power on the head line, currency per kW²
   * @param lowerBound on the optimal cost in currency, NaN when there is none yet
   */
  record Outcome(boolean converged, double penalty, double lowerBound) {}
}
