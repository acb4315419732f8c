package io.dualgrid.run;

import io.dualgrid.powerflow.BrokenLimit;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.problem.InfeasibleCaseException;
import io.dualgrid.site.GridCase;
import java.util.Optional;

/**
 * Runs a case again with tighter voltage limits until no AC voltage of its dispatch breaks the true
 * ones by more than {@link BrokenLimit#TOLERANCE}. Each run's margin is, by side, the most that
 * LinDistFlow was off where the run before broke a limit: what it leaves out changes little from
 * one dispatch to the next, so a run or two are enough.
 */
public final class MarginSearch {
  /** Runs at most, the first one included. */
  public static final int MOST_RUNS = 6;

  private MarginSearch() {}

  /** Runs a case. */
  @FunctionalInterface
  public interface Runner {
    /**
     * Runs it once.
     *
     * @param gridCase with tightened limits
     * @param margin by which they are
     * @throws InfeasibleCaseException when it is plain that no dispatch meets them
     */
    RunResult run(GridCase gridCase, VoltageMargin margin);
  }

  /**
   * What was found.
   *
   * @param result of the last run that converged, or of the first where none did
   * @param margin of that run
   * @param runs in all
   * @param holds whether every step of the result has a power flow, and no voltage breaks a limit
   * @param obstacle why a run with a larger margin came to nothing; empty when none did
   */
  public record Outcome(
      RunResult result, VoltageMargin margin, int runs, boolean holds, String obstacle) {}

  /**
   * Searches on from a first run without a margin.
   *
   * @param gridCase with its true limits
   * @param first result of a run of it
   * @param runner of further runs
   */
  public static Outcome search(GridCase gridCase, RunResult first, Runner runner) {
    RunResult result = first;
    VoltageMargin margin = VoltageMargin.NONE;
    for (int runs = 1; ; runs++) {
      Optional<FlowStudy> study = DispatchFlow.of(gridCase, result.dispatch());
      boolean holds = holds(study);
      boolean ended = result.status() != RunStatus.CONVERGED || holds || runs == MOST_RUNS;
      if (ended || study.isEmpty()) {
        return new Outcome(result, margin, runs, holds, "");
      }
      VoltageMargin wider = margin.grown(study.get());
      String obstacle = "";
      RunResult next = null;
      if (wider.equals(margin)) {
        obstacle = "steps without a power flow tell no margin";
      } else if (!wider.leavesRoom(gridCase)) {
        obstacle = "they leave no room for the voltage of the root";
      } else {
        try {
          next = runner.run(wider.tighten(gridCase), wider);
          obstacle =
              switch (next.status()) {
                case CONVERGED -> "";
                case INTERRUPTED -> "the run was interrupted";
                default -> "the run found no dispatch";
              };
        } catch (InfeasibleCaseException e) {
          obstacle = e.getMessage().replaceAll("\\s+", " ");
        }
      }
      if (!obstacle.isEmpty()) {
        String text = "with limits of " + wider.limits(gridCase) + ": " + obstacle;
        return new Outcome(result, margin, runs, false, text);
      }
      result = next;
      margin = wider;
    }
  }

  /** Whether every step has a power flow, and no voltage of any breaks its limit. */
  public static boolean holds(Optional<FlowStudy> study) {
    return study.isPresent()
        && study.get().unsolvedSteps().isEmpty()
        && BrokenLimit.of(study.get()).stream()
            .allMatch(limit -> limit.kind() == BrokenLimit.Kind.RATING);
  }
}
