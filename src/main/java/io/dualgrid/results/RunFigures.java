package io.dualgrid.results;

import io.dualgrid.powerflow.FlowStudy;
import java.util.Optional;

/**
 * What is told of a run besides its result.
 *
 * @param optimalCost of a central solve, NaN when there was none
 * @param memory of the process
 * @param flow in AC of the dispatch, where it gives all that this takes
 * @param margin that the dispatch was planned with, where one was asked for
 */
public record RunFigures(
    double optimalCost,
    PeakMemory memory,
    Optional<FlowStudy> flow,
    Optional<MarginFigures> margin) {}
