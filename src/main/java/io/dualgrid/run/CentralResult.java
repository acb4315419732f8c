package io.dualgrid.run;

import java.util.List;

/**
 * The optimum of the whole case as one program.
 *
 * @param caseName name of the case
 * @param steps time steps
 * @param status solver's word, solved or what went wrong
 * @param solved whether the optimum was found
 * @param totalCost in currency, NaN when not solved
 * @param variables number of variables
 * @param rows number of rows
 * @param iterations of the solver
 * @param seconds of the solve
 * @param solver name and version of the solver
 * @param dispatch all series, none when not solved
 * @param costs what the cost is made of, see {@link RunResult#costs}
 * @param notices for people, of the dispatch
 */
public record CentralResult(
    String caseName,
    int steps,
    String status,
    boolean solved,
    double totalCost,
    int variables,
    int rows,
    int iterations,
    double seconds,
    String solver,
    List<DispatchSeries> dispatch,
    List<DispatchSeries> costs,
    List<String> notices) {

  /** Begin of the status where states were found and may not be the best. */
  static final String UNPROVED = "solved, but the on/off states are not proved the best";

  /** Begin of the status where no states were found, and there may be some. */
  static final String UNFOUND = "no states of on and off were found";

  /** Whether time ran out in the search for states, with or without any. */
  public boolean unproved() {
    return status.startsWith(UNPROVED) || status.startsWith(UNFOUND);
  }

  /** The same with other words on how it went. */
  CentralResult with(String otherStatus, double otherSeconds, String otherSolver) {
    return new CentralResult(
        caseName,
        steps,
        otherStatus,
        solved,
        totalCost,
        variables,
        rows,
        iterations,
        otherSeconds,
        otherSolver,
        dispatch,
        costs,
        notices);
  }

  /** The same with other series. */
  CentralResult with(List<DispatchSeries> otherDispatch, List<DispatchSeries> otherCosts) {
    return new CentralResult(
        caseName,
        steps,
        status,
        solved,
        totalCost,
        variables,
        rows,
        iterations,
        seconds,
        solver,
        otherDispatch,
        otherCosts,
        notices);
  }

  /** Whether it is proved that no dispatch meets the limits. */
  public boolean infeasible() {
    return status.startsWith("infeasible");
  }
}
