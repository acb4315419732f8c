package io.dualgrid.cli;

import io.dualgrid.parties.CentralResult;
import io.dualgrid.parties.DispatchEngine;
import io.dualgrid.parties.PartyHooks;
import io.dualgrid.parties.RunObserver;
import io.dualgrid.parties.RunResult;
import io.dualgrid.parties.RunSettings;
import io.dualgrid.parties.RunState;
import io.dualgrid.parties.StateKeeper;
import io.dualgrid.site.GridCase;
import java.util.Optional;

/** What the commands need of the engine; tests put one of their own in its place. */
interface Engine {
  /** The real one. */
  Engine DISPATCH =
      new Engine() {
        @Override
        public RunResult run(
            GridCase gridCase,
            RunSettings settings,
            RunObserver observer,
            PartyHooks hooks,
            Optional<RunState> from,
            StateKeeper keeper) {
          return DispatchEngine.run(gridCase, settings, observer, hooks, from, keeper);
        }

        @Override
        public CentralResult central(GridCase gridCase, RunSettings settings) {
          return DispatchEngine.central(gridCase, settings);
        }
      };

  /** See {@link DispatchEngine#run}. */
  RunResult run(
      GridCase gridCase,
      RunSettings settings,
      RunObserver observer,
      PartyHooks hooks,
      Optional<RunState> from,
      StateKeeper keeper);

  /** See {@link DispatchEngine#central}. */
  CentralResult central(GridCase gridCase, RunSettings settings);
}
