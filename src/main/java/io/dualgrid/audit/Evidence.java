package io.dualgrid.audit;

import io.dualgrid.mask.attack.structure.SolvedProblem;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What operator and cloud had of a run, and what is true of the sites.
 *
 * @param iterations there were
 * @param messages as they were received and sent
 * @param values that no message may hold: solutions of all iterations, and the dispatch
 * @param masks what the cloud had in the end, by the index of the edge
 * @param solutions at the same moment, by node
 */
record Evidence(
    int iterations,
    MessageRecorder messages,
    Set<Double> values,
    Map<Integer, SolvedProblem> masks,
    Map<Integer, double[]> solutions) {

  /** Of a run in this process. */
  static Evidence ofRun(GridCase gridCase, RunSettings settings) {
    MessageRecorder recorder = new MessageRecorder();
    Set<Double> values = new HashSet<>();
    SolutionKeeper solutions = new SolutionKeeper(values, recorder::masks);
    RunResult result =
        DispatchEngine.run(
            gridCase, settings, RunObserver.NONE, recorder, Optional.empty(), solutions);
    result
        .dispatch()
        .forEach(
            series -> {
              for (double value : series.values()) {
                values.add(value);
              }
            });
    return new Evidence(
        result.iterations(), recorder, values, solutions.masks(), solutions.solutions());
  }
}
