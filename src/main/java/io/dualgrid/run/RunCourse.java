package io.dualgrid.run;

import io.dualgrid.auth.AuthenticationException;
import io.dualgrid.ckks.CkksException;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.InfeasibleException;
import io.dualgrid.edge.SolveException;
import io.dualgrid.operator.AbortedException;
import io.dualgrid.operator.Operator;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.securesum.SecureSumException;
import io.dualgrid.securesum.SumRangeException;
import io.dualgrid.steering.Outcome;
import java.util.List;
import java.util.Locale;

/**
 * The iterations of a run, from where it stands to its end, whether its energy systems are in this
 * process or on machines of their own. This is the one place that sets the status of a run.
 */
public final class RunCourse {
  private static final String OUT_OF_RANGE =
      "stalled without a certified gap: iterates have left the range of secure sums";

  private final RunSettings settings;
  private final Operator operator;
  private final Surroundings surroundings;

  /** What is around the operator. */
  public interface Surroundings {
    /** Waits until energy systems have done what they were told; throws what one failed with. */
    default void settle() {}

    /** What is known of an iteration besides what the operator has learnt. */
    default Outcome known(Outcome outcome) {
      return outcome;
    }

    /** What stands in the history of an iteration that has just ended. */
    IterationRecord record(int iteration, Outcome outcome);

    /** What is known here of a failure, where the operator was told a code only. */
    default RuntimeException cause(RuntimeException e) {
      return e;
    }

    /** Ways out that only the owner of a study knows. */
    default List<String> waysOut(InfeasibleException e) {
      return List.of();
    }

    /** The state after the iteration that has just ended. */
    RunState state();
  }

  /** With an operator that has been set up, and has taken up its state where there is one. */
  public RunCourse(RunSettings settings, Operator operator, Surroundings surroundings) {
    this.settings = settings;
    this.operator = operator;
    this.surroundings = surroundings;
  }

  /** Whether states are worth keeping: some twenty iterations are sooner run again. */
  public static boolean keepsStates(RunSettings settings) {
    return settings.algorithm() != Algorithm.NEWTON;
  }

  /**
   * Iterates until the stopping rule holds, or something else ends the run.
   *
   * @param progress of the iterations before, added to
   * @throws RuntimeException a fault of the program, or a party that was lost
   */
  public RunStatus run(RunProgress progress, RunObserver observer, StateKeeper keeper) {
    RunStatus status = RunStatus.NOT_CONVERGED;
    String proof = "";
    boolean kept = true; // so far the state is that of the earlier run, or the start
    for (int k = progress.iterations() + 1; k <= settings.maxIterations(); k++) {
      Outcome outcome;
      try {
        outcome = operator.iterate();
        surroundings.settle();
        outcome = surroundings.known(outcome);
      } catch (RuntimeException e) {
        return failed(surroundings.cause(e), k, proof, progress);
      }
      proof = outcome.infeasible();
      progress.raise(outcome.lowerBound(), outcome.statesBound());
      IterationRecord record = surroundings.record(k, outcome);
      progress.add(record);
      observer.iteration(record);
      if (outcome.converged()) {
        status = RunStatus.CONVERGED;
        break;
      }
      if (!outcome.stalled().isEmpty()) {
        progress.note("stalled " + distance(record) + ": " + outcome.stalled());
        break;
      }
      kept = keepsStates(settings) && keeper.due(record);
      if (kept) {
        keeper.keep(surroundings.state());
      }
      if (observer.cancelled() || Thread.currentThread().isInterrupted()) {
        status = RunStatus.INTERRUPTED;
        break;
      }
    }
    if (!proof.isEmpty()) {
      progress.note(proof);
      status = RunStatus.INFEASIBLE;
    }
    boolean canGoOn = status == RunStatus.NOT_CONVERGED || status == RunStatus.INTERRUPTED;
    if (keepsStates(settings) && canGoOn && !kept) {
      keeper.keep(surroundings.state());
    }
    return status;
  }

  private RunStatus failed(RuntimeException cause, int k, String proof, RunProgress progress) {
    if (!isOfTheRun(cause)) {
      throw cause;
    }
    if (cause instanceof InfeasibleException infeasible) {
      infeasible.notices().forEach(progress::note);
      surroundings.waysOut(infeasible).forEach(progress::note);
      return RunStatus.INFEASIBLE;
    }
    if (!proof.isEmpty()) {
      // what is short is not known then; that there is no dispatch is
      progress.note(proof);
      return RunStatus.INFEASIBLE;
    }
    if (cause instanceof SumRangeException && k > 1) {
      progress.note(OUT_OF_RANGE);
      progress.endPointless();
      return RunStatus.NOT_CONVERGED;
    }
    progress.note("iteration " + k + ": " + cause.getMessage());
    return RunStatus.FAILED;
  }

  /** How far from the optimum the best point is at most, in words. */
  private static String distance(IterationRecord record) {
    double gap = (record.cost() - record.lowerBound()) / Math.abs(record.lowerBound());
    return Double.isFinite(gap)
        ? String.format(Locale.ROOT, "at a certified gap of %.2e", gap)
        : "without a certified gap";
  }

  /** Whether it is for the user, and no fault of the program. */
  private static boolean isOfTheRun(RuntimeException e) {
    return e instanceof InfeasibleException
        || e instanceof SolveException
        || e instanceof ProtocolException
        || e instanceof AbortedException
        || e instanceof CkksException
        || e instanceof SecureSumException
        || e instanceof AuthenticationException;
  }
}
