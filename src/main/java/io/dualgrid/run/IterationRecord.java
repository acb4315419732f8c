package io.dualgrid.run;

import io.dualgrid.runtime.Step;
import java.util.Map;

/**
 * What is known after an iteration. The residuals are those of the whole simulation, gathered for
 * the user; the operator of the protocol sees sums only.
 *
 * @param iteration from 1
 * @param elapsedSeconds since the first iteration began
 * @param primalResidual largest mismatch norm, in the sense of the stopping rule, per unit
 * @param dualResidual largest change norm, in the sense of the stopping rule, per unit
 * @param mismatchP largest over the lines of the norm over the horizon of x − z, active power, p.u.
 * @param mismatchQ the same for reactive power
 * @param mismatchV the same for voltage
 * @param penalty of active power on the head line, currency per kW²
 * @param cost total cost in currency of the present solutions
 * @param lowerBound certified lower bound on the optimal cost, NaN when there is none yet
 * @param aboveTolerance number of line ends with a mismatch above the tolerance
 * @param stepSeconds seconds by step, added over all energy systems (so on several threads more
 *     than the wall time)
 */
public record IterationRecord(
    int iteration,
    double elapsedSeconds,
    double primalResidual,
    double dualResidual,
    double mismatchP,
    double mismatchQ,
    double mismatchV,
    double penalty,
    double cost,
    double lowerBound,
    int aboveTolerance,
    Map<Step, Double> stepSeconds) {
  /** Copies the map. */
  public IterationRecord {
    stepSeconds = Map.copyOf(stepSeconds);
  }
}
