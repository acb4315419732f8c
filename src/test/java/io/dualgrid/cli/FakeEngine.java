package io.dualgrid.cli;

import io.dualgrid.cases.GridCase;
import io.dualgrid.parties.CentralResult;
import io.dualgrid.parties.PartyHooks;
import io.dualgrid.parties.RunObserver;
import io.dualgrid.parties.RunResult;
import io.dualgrid.parties.RunSettings;
import io.dualgrid.parties.RunStatus;
import io.dualgrid.results.SampleRuns;
import java.util.ArrayList;
import java.util.List;

/** An engine that says what a test wants, and keeps the settings it was given. */
final class FakeEngine implements Engine {
  RunStatus status = RunStatus.CONVERGED;
  int iterations = 50;
  long pauseMillis;
  boolean centralSolves = true;
  RuntimeException failure;
  final List<RunSettings> runs = new ArrayList<>();

  @Override
  public RunResult run(
      GridCase gridCase, RunSettings settings, RunObserver observer, PartyHooks hooks) {
    runs.add(settings);
    hooks.fingerprint("0-1 at node 1", "1f3a-0000");
    if (failure != null) {
      throw failure;
    }
    observer.started(0.25);
    for (int k = 1; k <= iterations; k++) {
      pause();
      observer.iteration(SampleRuns.iteration(k));
      if (observer.cancelled()) {
        return SampleRuns.run(gridCase.name(), settings, RunStatus.INTERRUPTED, k);
      }
    }
    return SampleRuns.run(gridCase.name(), settings, status, iterations);
  }

  @Override
  public CentralResult central(GridCase gridCase, RunSettings settings) {
    if (failure != null) {
      throw failure;
    }
    return SampleRuns.central(gridCase.name(), centralSolves, 1000.0);
  }

  private void pause() {
    try {
      Thread.sleep(pauseMillis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
