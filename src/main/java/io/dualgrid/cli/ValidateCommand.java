package io.dualgrid.cli;

import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.run.EncryptionRange;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dualgrid validate}. */
@Command(
    name = "validate",
    description = "Checks a case and names all its problems at once, each with the way out.",
    footer = {"", "Examples:", "  dualgrid validate 6-bus", "  dualgrid validate path/to/my-case"})
final class ValidateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private CaseArgument caseArgument;

  ValidateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CaseCheck check = caseArgument.check();
    List<CaseProblem> warnings = new ArrayList<>(check.warnings());
    warnings.forEach(warning -> terminal.out().println("warning: " + warning));
    terminal.out().flush();
    GridCase gridCase = check.orThrow();
    List<CaseProblem> ofRuns = new ArrayList<>(stepsOf(gridCase));
    ofRuns.addAll(beyondEncryption(gridCase));
    ofRuns.forEach(warning -> terminal.out().println("warning: " + warning));
    warnings.addAll(ofRuns);
    terminal.out().println(RunReport.describe(gridCase));
    terminal.out().println("no errors, " + count(warnings.size(), "warning"));
    return ExitCode.OK;
  }

  /** Where the default number of steps does not fit: which do. */
  private static List<CaseProblem> stepsOf(GridCase gridCase) {
    int usual = RunSettings.defaults().steps();
    List<Integer> fitting = gridCase.fittingSteps();
    if (fitting.contains(usual)) {
      return List.of();
    }
    String choice = String.join(", ", fitting.stream().map(String::valueOf).toList());
    return List.of(
        new CaseProblem(
            gridCase.name(),
            "",
            "steps",
            Integer.toString(usual),
            "is what runs take by default and does not fit the "
                + gridCase.limits().profileRows()
                + " profile rows, or some storage loses more than everything in a step",
            fitting.isEmpty()
                ? "lower the losses of storages"
                : "run it with --steps, one of " + choice));
  }

  /** What an encrypted run would refuse, with the default settings or the finest steps that fit. */
  private static List<CaseProblem> beyondEncryption(GridCase gridCase) {
    RunSettings settings = RunSettings.defaults();
    List<Integer> fitting = gridCase.fittingSteps();
    if (!fitting.contains(settings.steps())) {
      settings = settings.toBuilder().steps(gridCase.limits().profileRows()).build();
    }
    return EncryptionRange.problems(
        gridCase, settings, CkksParameters.byName(settings.ckksParameters()));
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
