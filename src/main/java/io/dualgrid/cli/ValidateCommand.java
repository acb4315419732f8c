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
    List<CaseProblem> tooLarge = beyondEncryption(gridCase);
    tooLarge.forEach(warning -> terminal.out().println("warning: " + warning));
    warnings.addAll(tooLarge);
    terminal.out().println(RunReport.describe(gridCase));
    terminal.out().println("no errors, " + count(warnings.size(), "warning"));
    return ExitCode.OK;
  }

  /** What a run with the default settings would refuse; nothing for a case they do not fit. */
  private static List<CaseProblem> beyondEncryption(GridCase gridCase) {
    RunSettings defaults = RunSettings.defaults();
    try {
      gridCase.checkSteps(defaults.steps());
    } catch (IllegalArgumentException e) {
      return List.of();
    }
    return EncryptionRange.problems(
        gridCase, defaults, CkksParameters.byName(defaults.ckksParameters()));
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
