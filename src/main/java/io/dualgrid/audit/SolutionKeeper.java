package io.dualgrid.audit;

import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunState;
import io.dualgrid.run.StateKeeper;
import java.util.Collection;

/** Gathers the true values of all energy systems after every iteration, per unit. */
final class SolutionKeeper implements StateKeeper {
  private final Collection<Double> values;

  SolutionKeeper(Collection<Double> values) {
    this.values = values;
  }

  @Override
  public boolean due(IterationRecord latest) {
    return true;
  }

  @Override
  public void keep(RunState state) {
    state
        .values()
        .forEach(
            (name, array) -> {
              if (name.endsWith("/solution")) {
                for (double value : array) {
                  values.add(value);
                }
              }
            });
  }
}
