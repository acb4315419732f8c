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
    List<String> notices) {

  /** Whether it is proved that no dispatch meets the limits. */
  public boolean infeasible() {
    return status.startsWith("infeasible");
  }
}
