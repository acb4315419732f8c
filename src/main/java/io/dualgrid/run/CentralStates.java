package io.dualgrid.run;

import io.dualgrid.commitment.BranchAndBound;
import io.dualgrid.commitment.States;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Switching;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.CentralProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Solves a whole case with the states of devices that are switched on and off: branch and bound for
 * the states, then the continuous program with these.
 */
final class CentralStates {
  /** Relative, to which states are proved the best: the gap that runs are certified to. */
  private static final BranchAndBound.Gap STATES_GAP = new BranchAndBound.Gap(1e-4, 0.0);

  private CentralStates() {}

  /**
   * Solves.
   *
   * @param limit of the search for states
   */
  static CentralResult solve(
      String caseName, NetworkLimits limits, List<DesProgram> programs, Duration limit) {
    long begin = System.nanoTime();
    CentralProgram central = CentralProgram.join(programs);
    List<Switching> switchings = new ArrayList<>();
    for (int d = 0; d < programs.size(); d++) {
      int offset = central.offsets()[d];
      programs.get(d).switchings().forEach(one -> switchings.add(one.in(j -> offset + j)));
    }
    BranchAndBound.Result found =
        BranchAndBound.search(
            central.program(), switchings, STATES_GAP, BranchAndBound.Effort.within(limit));
    if (found.states() == null) {
      return without(caseName, central, found.proved(), limit, begin);
    }
    List<DesProgram> fixed = new ArrayList<>();
    int first = 0;
    for (DesProgram program : programs) {
      int end = first + program.switchings().size();
      fixed.add(new States(found.states().on().subList(first, end)).fix(program));
      first = end;
    }
    CentralResult solved = CentralSolver.solve(caseName, limits, fixed);
    double bound = programs.get(0).horizon().currencyOf(found.bound());
    return solved.with(
        found.proved() || !solved.solved()
            ? solved.status()
            : String.format(
                Locale.ROOT,
                "%s: %d s are over, and the optimum is at least %.2f",
                CentralResult.UNPROVED,
                limit.toSeconds(),
                bound),
        (System.nanoTime() - begin) * 1e-9,
        "branch and bound for the states, " + solved.solver());
  }

  private static CentralResult without(
      String caseName, CentralProgram central, boolean proved, Duration limit, long begin) {
    return new CentralResult(
        caseName,
        central.programs().get(0).horizon().steps(),
        proved
            ? "infeasible: it is proved that no dispatch with states of on and off meets the limits of"
                + " the case"
            : CentralResult.UNFOUND
                + " within "
                + limit.toSeconds()
                + " s, and it is not proved that there are none",
        false,
        Double.NaN,
        central.program().variableCount(),
        central.program().rowCount(),
        0,
        (System.nanoTime() - begin) * 1e-9,
        "branch and bound",
        List.of(),
        List.of(),
        List.of());
  }
}
