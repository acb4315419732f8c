package io.dualgrid.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run between two of its iterations: all that a later run of the same case with the same settings
 * needs to go on. Keys, masks and seeds of secure sums are not part of it; the later run draws its
 * own. The values are those of all energy systems, so they are as private as the case.
 *
 * @param history one record an iteration so far, not empty
 * @param notices for people, so far
 * @param values by name, as the parties keep them; arrays not to be modified
 */
public record RunState(
    List<IterationRecord> history, List<String> notices, Map<String, double[]> values) {

  /**
   * Copies the collections, not the arrays.
   *
   * @throws IllegalArgumentException when the iterations are not numbered from 1
   */
  public RunState {
    history = List.copyOf(history);
    notices = List.copyOf(notices);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    for (int k = 0; k < history.size(); k++) {
      if (history.get(k).iteration() != k + 1) {
        throw new IllegalArgumentException(
            "iteration " + history.get(k).iteration() + " stands at place " + (k + 1));
      }
    }
    if (history.isEmpty()) {
      throw new IllegalArgumentException("a state needs at least one iteration");
    }
  }

  /** Number of iterations done. */
  public int iterations() {
    return history.size();
  }

  /** The number of iterations only: the values are private. */
  @Override
  public String toString() {
    return "RunState[" + iterations() + " iterations]";
  }
}
