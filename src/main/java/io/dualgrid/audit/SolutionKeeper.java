package io.dualgrid.audit;

import io.dualgrid.parties.IterationRecord;
import io.dualgrid.parties.RunState;
import io.dualgrid.parties.StateKeeper;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gathers the true values of all energy systems after every iteration, per unit, and keeps their
 * last solutions.
 */
final class SolutionKeeper implements StateKeeper {
  private static final Pattern SOLUTION = Pattern.compile("(?:.*/)?node(\\d+)/solution");

  private final Collection<Double> values;
  private final Map<Integer, double[]> last = new HashMap<>();

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
              Matcher solution = SOLUTION.matcher(name);
              if (solution.matches()) {
                last.put(Integer.valueOf(solution.group(1)), array.clone());
                for (double value : array) {
                  values.add(value);
                }
              }
            });
  }

  /** The last solution of each node. */
  Map<Integer, double[]> last() {
    return last;
  }
}
