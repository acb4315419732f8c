package io.dualgrid.parties;

import io.dualgrid.cases.GridCase;

/** Runs a case: sets up the parties and lets them exchange messages until they agree. */
public final class DispatchEngine {
  private DispatchEngine() {}

  /**
   * Runs to convergence, to the limit of iterations, or until the observer cancels.
   *
   * @throws BackendMissingException when a backend that was asked for cannot be had
   */
  public static RunResult run(GridCase gridCase, RunSettings settings, RunObserver observer) {
    throw new BackendMissingException("the engine has not landed yet");
  }

  /** Solves the whole case as one program: the ground truth of every decentralised run. */
  public static CentralResult central(GridCase gridCase, RunSettings settings) {
    throw new BackendMissingException("the central solver has not landed yet");
  }
}
