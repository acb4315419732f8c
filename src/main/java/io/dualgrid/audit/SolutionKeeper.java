package io.dualgrid.audit;

import io.dualgrid.mask.attack.structure.SolvedProblem;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunState;
import io.dualgrid.run.StateKeeper;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gathers the true values of all energy systems after every iteration, per unit, and keeps the last
 * solutions with what the cloud had at that moment.
 */
final class SolutionKeeper implements StateKeeper {
  private static final Pattern SOLUTION = Pattern.compile("node(\\d+)/.*solution");

  private final Collection<Double> values;
  private final Supplier<Map<Integer, SolvedProblem>> cloud;
  private final Map<Integer, double[]> solutions = new HashMap<>();
  private Map<Integer, SolvedProblem> masks = Map.of();

  /**
   * With what to look at after each iteration.
   *
   * @param values gets the true values
   * @param cloud tells what the cloud has at the moment, by the index of the edge
   */
  SolutionKeeper(Collection<Double> values, Supplier<Map<Integer, SolvedProblem>> cloud) {
    this.values = values;
    this.cloud = cloud;
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
              Matcher solution = SOLUTION.matcher(name);
              if (solution.matches()) {
                solutions.put(Integer.valueOf(solution.group(1)), array.clone());
                for (double value : array) {
                  values.add(value);
                }
              }
            });
    masks = cloud.get();
  }

  /** The last solution of each node. */
  Map<Integer, double[]> solutions() {
    return solutions;
  }

  /** What the cloud had at the time, by the index of the edge it solved for. */
  Map<Integer, SolvedProblem> masks() {
    return masks;
  }
}
