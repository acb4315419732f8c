package io.dualgrid.network.share;

import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import java.util.List;
import java.util.Map;

/**
 * What the operator knows of a run when it has ended: iterations, and of costs what the sums say.
 *
 * @param feeder its name
 * @param run public name of the run
 * @param settings that all agreed on
 * @param status how it ended
 * @param setupSeconds until the first iteration
 * @param solveSeconds of all iterations
 * @param roundTrips of iterations, with all sites at once, since this operator was started
 * @param lowerBound on the optimal cost, NaN when none is known
 * @param statesLowerBound on the cost with the states that sites have fixed, NaN where none are
 * @param history one record an iteration; what only sites know is NaN
 * @param backends of the operator
 * @param notices for people
 */
public record OperatorPart(
    String feeder,
    String run,
    RunSettings settings,
    RunStatus status,
    double setupSeconds,
    double solveSeconds,
    int roundTrips,
    double lowerBound,
    double statesLowerBound,
    List<IterationRecord> history,
    Map<String, RunResult.Backend> backends,
    List<String> notices) {
  /** Its file. */
  public static final String NAME = "result.json";
}
