package io.dualgrid.run;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.NewtonStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The result of a run, put together from what its parties know: in one process by the simulation,
 * over a network by whom all owners have handed their parts.
 *
 * @param caseName name of the case
 * @param settings of the run
 * @param moneyUnit of the case in currency
 * @param status how it ended
 * @param resumedFrom iteration after which it took up an earlier one, 0 when it did not
 * @param setupSeconds before the first iteration
 * @param solveSeconds of all iterations
 * @param history one record an iteration
 * @param backends of each role
 * @param notices so far
 */
public record RunAssembly(
    String caseName,
    RunSettings settings,
    double moneyUnit,
    RunStatus status,
    int resumedFrom,
    double setupSeconds,
    double solveSeconds,
    List<IterationRecord> history,
    Map<String, RunResult.Backend> backends,
    List<String> notices) {

  /** Of a run that has ended without saying whether there is a dispatch. */
  static final String UNDECIDED =
      "not converged, which does not say whether any dispatch meets the limits: dualgrid validate"
          + " CASE --solve, by somebody who knows the whole case, decides that and names what is"
          + " short";

  /** What others than newton add. */
  static final String NEWTON_DOES = ", and --algorithm newton mostly does, by secure sums";

  /**
   * With the parts of the energy systems.
   *
   * @param totalCost NaN when none is known
   * @param lowerBound NaN when none is known
   * @param statesLowerBound see {@link RunResult#statesLowerBound}
   * @param sites in the order of the case; without dispatch where the run came to none
   */
  public RunResult with(
      double totalCost, double lowerBound, double statesLowerBound, List<SiteOutcome> sites) {
    return with(totalCost, lowerBound, statesLowerBound, sites, Optional.empty());
  }

  /**
   * The same, with what the operator keeps for another day.
   *
   * @param start empty where there is nothing to keep
   */
  RunResult with(
      double totalCost,
      double lowerBound,
      double statesLowerBound,
      List<SiteOutcome> sites,
      Optional<NewtonStart> start) {
    IterationRecord last = history.isEmpty() ? null : history.get(history.size() - 1);
    List<DispatchSeries> dispatch =
        sites.stream().flatMap(site -> site.dispatch().stream()).toList();
    double[] voltages =
        dispatch.stream()
            .filter(series -> series.quantity().equals("V"))
            .flatMapToDouble(series -> Arrays.stream(series.values()))
            .sorted()
            .toArray();
    List<String> all = new ArrayList<>(notices);
    boolean copiesOnly = settings.algorithm() == Algorithm.PUBLISHED;
    boolean ended = status == RunStatus.NOT_CONVERGED;
    if (ended && (settings.algorithm() != Algorithm.NEWTON || Double.isNaN(totalCost))) {
      all.add(settings.algorithm() == Algorithm.NEWTON ? UNDECIDED : UNDECIDED + NEWTON_DOES);
    }
    addIncidents(sites, all);
    if (status == RunStatus.CONVERGED) { // else what devices do is not yet what pays
      sites.forEach(site -> all.addAll(site.notices()));
    }
    boolean any = voltages.length > 0;
    return new RunResult(
        caseName,
        settings,
        status,
        // copies that differ are no dispatch, and what they cost is no cost
        copiesOnly && ended ? Double.NaN : totalCost,
        lowerBound,
        statesLowerBound,
        moneyUnit,
        last == null ? Double.NaN : last.primalResidual(),
        last == null ? Double.NaN : last.dualResidual(),
        any
            ? sites.stream().mapToDouble(SiteOutcome::voltageMismatchPu).max().orElse(Double.NaN)
            : Double.NaN,
        any ? voltages[0] : Double.NaN,
        any ? voltages[voltages.length - 1] : Double.NaN,
        resumedFrom,
        setupSeconds,
        solveSeconds,
        List.copyOf(history),
        dispatch,
        sites.stream().flatMap(site -> site.costs().stream()).toList(),
        sites.stream().flatMap(site -> site.prices().stream()).toList(),
        new LinkedHashMap<>(backends),
        List.copyOf(all),
        Visibility.of(settings),
        start);
  }

  /** What energy systems worked around, a line a kind. */
  static void addIncidents(List<SiteOutcome> sites, List<String> texts) {
    Map<String, Integer> incidents = new TreeMap<>();
    Map<String, List<Integer>> where = new TreeMap<>();
    for (SiteOutcome site : sites) {
      site.incidents()
          .forEach(
              (what, count) -> {
                incidents.merge(what, count, Integer::sum);
                where.computeIfAbsent(what, key -> new ArrayList<>()).add(site.node());
              });
    }
    incidents.forEach(
        (what, count) -> texts.add(count + " " + what + "; nodes " + where.get(what)));
  }
}
