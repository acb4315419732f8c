package io.dualgrid.cli;

import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.caseio.check.FeasibilityCheck;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Sampling;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.InfeasibleCaseException;
import io.dualgrid.site.GridCase;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The case that a command works on. */
final class CaseArgument {
  @Spec(Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "CASE",
      completionCandidates = BundledNames.class,
      description = "A bundled case (${COMPLETION-CANDIDATES}) or the folder of a case.")
  private String nameOrFolder;

  /** Bundled names, for help and completion. */
  static final class BundledNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    BundledNames() {
      super(CaseLocator.bundledNames());
    }
  }

  /** As the user gave it. */
  String text() {
    return nameOrFolder;
  }

  /**
   * What of the profile rows of a step stands for it where nobody says: the mean, which keeps
   * energies; in the bundled cases the first row, by which the published figures were found.
   */
  Sampling usualSampling() {
    return CaseLocator.bundledNames().contains(nameOrFolder) ? Sampling.FIRST : Sampling.MEAN;
  }

  /** Checks it. */
  CaseCheck check() {
    return CaseLocator.check(nameOrFolder);
  }

  /**
   * Reads it, with its warnings told.
   *
   * @param err where warnings go
   * @throws io.dualgrid.problem.CaseException with every error
   */
  GridCase read(PrintWriter err) {
    CaseCheck check = check();
    GridCase gridCase = check.orThrow();
    check.warnings().forEach(warning -> err.println("warning: " + warning));
    return gridCase;
  }

  /** Refuses a number of steps that does not fit the profiles of the case. */
  void requireDivides(GridCase gridCase, int steps) {
    int rows = gridCase.limits().profileRows();
    if (steps < 1 || rows % steps != 0) {
      List<Integer> divisors = new ArrayList<>();
      for (int candidate = 1; candidate <= rows; candidate++) {
        if (rows % candidate == 0) {
          divisors.add(candidate);
        }
      }
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--steps "
              + steps
              + " does not divide the "
              + rows
              + " profile rows of "
              + gridCase.name()
              + "; take one of "
              + String.join(", ", divisors.stream().map(String::valueOf).toList()));
    }
  }

  /**
   * Refuses a case of which it is plain that no dispatch meets its limits.
   *
   * @throws InfeasibleCaseException with node, step and amount
   */
  static void requireFeasible(GridCase gridCase, int steps, Sampling sampling) {
    Horizon horizon = Horizon.of(gridCase.limits(), steps, sampling);
    List<CaseProblem> reasons = FeasibilityCheck.run(CaseReader.CASE_FILE, gridCase, horizon);
    if (!reasons.isEmpty()) {
      throw new InfeasibleCaseException(gridCase.name(), reasons);
    }
  }
}
