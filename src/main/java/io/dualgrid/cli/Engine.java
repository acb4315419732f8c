package io.dualgrid.cli;

import io.dualgrid.problem.CaseProblem;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunState;
import io.dualgrid.run.StateKeeper;
import io.dualgrid.site.GridCase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the commands need of the engine; tests put one of their own in its place. */
interface Engine {
  /** The real one. */
  Engine DISPATCH =
      new Engine() {
        @Override
        public void prepare(RunSettings settings) {
          DispatchEngine.prepare(settings);
        }

        @Override
        public RunResult run(
            GridCase gridCase,
            RunSettings settings,
            RunObserver observer,
            RunHooks hooks,
            Optional<RunState> from,
            StateKeeper keeper) {
          return DispatchEngine.run(gridCase, settings, observer, hooks, from, keeper);
        }

        @Override
        public CentralResult central(GridCase gridCase, RunSettings settings) {
          return DispatchEngine.central(gridCase, settings);
        }

        @Override
        public CentralResult centralStates(
            GridCase gridCase, RunSettings settings, Duration limit) {
          return DispatchEngine.centralStates(gridCase, settings, limit);
        }

        @Override
        public List<CaseProblem> shortfalls(GridCase gridCase, RunSettings settings) {
          return DispatchEngine.shortfalls(gridCase, settings);
        }
      };

  /** See {@link DispatchEngine#prepare}. */
  default void prepare(RunSettings settings) {}

  /** See {@link DispatchEngine#run}. */
  RunResult run(
      GridCase gridCase,
      RunSettings settings,
      RunObserver observer,
      RunHooks hooks,
      Optional<RunState> from,
      StateKeeper keeper);

  /** See {@link DispatchEngine#central}. */
  CentralResult central(GridCase gridCase, RunSettings settings);

  /** See {@link DispatchEngine#centralStates}. */
  CentralResult centralStates(GridCase gridCase, RunSettings settings, Duration limit);

  /** See {@link DispatchEngine#shortfalls}. */
  List<CaseProblem> shortfalls(GridCase gridCase, RunSettings settings);
}
