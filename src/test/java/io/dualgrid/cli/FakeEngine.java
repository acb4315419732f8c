package io.dualgrid.cli;

import io.dualgrid.problem.CaseProblem;
import io.dualgrid.results.SampleRuns;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunState;
import io.dualgrid.run.RunStatus;
import io.dualgrid.run.StateKeeper;
import io.dualgrid.site.GridCase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An engine that says what a test wants, and keeps the settings it was given. */
final class FakeEngine implements Engine {
  RunStatus status = RunStatus.CONVERGED;
  int iterations = 50;
  long pauseMillis;
  boolean centralSolves = true;
  boolean feasible = true;
  double centralCost = 1000.0;
  RuntimeException failure;
  Runnable atTheEnd = () -> {};
  final List<RunSettings> runs = new ArrayList<>();
  final List<Optional<RunState>> taken = new ArrayList<>();

  @Override
  public RunResult run(
      GridCase gridCase,
      RunSettings settings,
      RunObserver observer,
      RunHooks hooks,
      Optional<RunState> from,
      StateKeeper keeper) {
    runs.add(settings);
    taken.add(from);
    hooks.fingerprint("line 0-1, key of node 1", "node 0", "1f3a-0000");
    if (failure != null) {
      throw failure;
    }
    observer.started(0.25);
    List<IterationRecord> history = new ArrayList<>(from.map(RunState::history).orElse(List.of()));
    for (int k = history.size() + 1; k <= iterations; k++) {
      pause();
      history.add(SampleRuns.iteration(k));
      observer.iteration(SampleRuns.iteration(k));
      boolean last = k == iterations && status == RunStatus.NOT_CONVERGED || observer.cancelled();
      if (keeper.due(SampleRuns.iteration(k)) || last) {
        keeper.keep(new RunState(history, List.of(), Map.of("x", new double[] {k})));
      }
      if (observer.cancelled()) {
        return SampleRuns.run(gridCase.name(), settings, RunStatus.INTERRUPTED, k);
      }
    }
    atTheEnd.run();
    return SampleRuns.run(gridCase.name(), settings, status, iterations);
  }

  @Override
  public CentralResult central(GridCase gridCase, RunSettings settings) {
    if (failure != null) {
      throw failure;
    }
    return feasible
        ? SampleRuns.central(gridCase.name(), centralSolves, centralCost)
        : SampleRuns.infeasible(gridCase.name());
  }

  @Override
  public CentralResult centralStates(GridCase gridCase, RunSettings settings, Duration limit) {
    return central(gridCase, settings);
  }

  @Override
  public List<CaseProblem> shortfalls(GridCase gridCase, RunSettings settings) {
    return List.of(new CaseProblem("case.json", "node 5", "V", "0.9", "is too low", "raise it"));
  }

  private void pause() {
    try {
      Thread.sleep(pauseMillis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
