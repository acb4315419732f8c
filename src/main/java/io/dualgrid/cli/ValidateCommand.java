package io.dualgrid.cli;

import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.EncryptionRange;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dualgrid validate}. */
@Command(
    name = "validate",
    description = "Checks a case and names all its problems at once, each with the way out.",
    footer = {
      "",
      "Examples:",
      "  dualgrid validate 6-bus",
      "  dualgrid validate path/to/my-case --solve"
    })
final class ValidateCommand implements Callable<Integer> {
  private final Engine engine;
  private final Terminal terminal;

  @Mixin private CaseArgument caseArgument;

  @Option(
      names = "--solve",
      description =
          "Solve the case centrally, too: where no dispatch meets the limits, name what is short"
              + " where and when.")
  private boolean solve;

  ValidateCommand(Engine engine, Terminal terminal) {
    this.engine = engine;
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
    return solve ? solved(gridCase) : ExitCode.OK;
  }

  /** Whether there is a dispatch. */
  private int solved(GridCase gridCase) {
    List<Integer> fitting = gridCase.fittingSteps();
    int usual = RunSettings.defaults().steps();
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .steps(fitting.contains(usual) ? usual : gridCase.limits().profileRows())
            .sampling(caseArgument.usualSampling())
            .build();
    CentralResult central = engine.central(gridCase, settings);
    terminal
        .out()
        .println("central solve with " + settings.steps() + " steps: " + central.status());
    if (!central.infeasible()) {
      return central.solved() ? ExitCode.OK : ExitCode.FAILURE;
    }
    engine
        .shortfalls(gridCase, settings)
        .forEach(shortfall -> terminal.err().println("error: " + shortfall));
    return ExitCode.NOT_CONVERGED;
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
