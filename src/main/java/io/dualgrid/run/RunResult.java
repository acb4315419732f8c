package io.dualgrid.run;

import io.dualgrid.consensus.newton.NewtonStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The outcome of a run.
 *
 * @param caseName name of the case
 * @param settings of the run
 * @param status how it ended
 * @param totalCost in currency, NaN when the run failed or found no point, or no dispatch is
 *     possible; but for a run that failed later, there are no voltages and no dispatch then
 * @param lowerBound certified lower bound on the optimal cost, NaN when none, or when no dispatch
 *     is possible
 * @param statesLowerBound certified lower bound on the cost with the states of on and off that the
 *     sites have fixed; NaN where nothing is switched. The other bound is with relaxed states, and
 *     holds for any
 * @param moneyUnit currency that the parties counted costs in, by which figures of next to nothing
 *     are told; see {@link io.dualgrid.feeder.MoneyUnit}
 * @param primalResidual of the last iteration, see {@link IterationRecord}
 * @param dualResidual of the last iteration
 * @param maxVoltageMismatchPu largest difference of a voltage copy from its z at any step
 * @param voltageMinPu lowest voltage of any node at any step
 * @param voltageMaxPu highest
 * @param resumedFrom iteration after which this run took up an earlier one, 0 when it did not
 * @param setupSeconds from the case in memory to the first iteration
 * @param solveSeconds of all iterations, those of earlier runs included
 * @param history one record an iteration
 * @param dispatch all series
 * @param costs what the cost is made of: a series in currency for each device and {@link
 *     io.dualgrid.device.CostPart}; they add up to totalCost
 * @param prices at the nodes at each step, of P and Q with their parts; none where the algorithm
 *     has none
 * @param backends name and version of each backend used, by role (qp, ckks)
 * @param notices for people: fallbacks, rejected answers, failures
 * @param visibility by party, what it saw in this mode
 * @param start where newton may begin on another day; empty for other algorithms
 */
public record RunResult(
    String caseName,
    RunSettings settings,
    RunStatus status,
    double totalCost,
    double lowerBound,
    double statesLowerBound,
    double moneyUnit,
    double primalResidual,
    double dualResidual,
    double maxVoltageMismatchPu,
    double voltageMinPu,
    double voltageMaxPu,
    int resumedFrom,
    double setupSeconds,
    double solveSeconds,
    List<IterationRecord> history,
    List<DispatchSeries> dispatch,
    List<DispatchSeries> costs,
    List<DispatchSeries> prices,
    Map<String, Backend> backends,
    List<String> notices,
    Map<String, String> visibility,
    Optional<NewtonStart> start) {

  /**
   * A backend that was used.
   *
   * @param name as on the command line
   * @param version of the library
   */
  public record Backend(String name, String version) {}

  /**
   * The same run where it is proved besides that no dispatch meets the limits: none of its figures
   * means anything then.
   *
   * @param reasons for people, told first
   */
  public RunResult infeasible(List<String> reasons) {
    List<String> told = new ArrayList<>(reasons);
    told.addAll(notices);
    return new RunResult(
        caseName,
        settings,
        RunStatus.INFEASIBLE,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        moneyUnit,
        primalResidual,
        dualResidual,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        resumedFrom,
        setupSeconds,
        solveSeconds,
        history,
        List.of(),
        List.of(),
        List.of(),
        backends,
        told,
        visibility,
        Optional.empty());
  }

  /** Number of iterations done. */
  public int iterations() {
    return history.size();
  }
}
