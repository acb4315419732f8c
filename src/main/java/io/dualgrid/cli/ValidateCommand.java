package io.dualgrid.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.caseio.check.CaseCheck;
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

  @Mixin private JsonOption json;

  ValidateCommand(Engine engine, Terminal terminal) {
    this.engine = engine;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CaseCheck check = caseArgument.check();
    List<CaseProblem> warnings = new ArrayList<>(check.warnings());
    check
        .gridCase()
        .ifPresent(
            gridCase -> {
              warnings.addAll(stepsOf(gridCase));
              warnings.addAll(beyondEncryption(gridCase));
            });
    return json.asked() ? printJson(check, warnings) : print(check, warnings);
  }

  private int print(CaseCheck check, List<CaseProblem> warnings) {
    warnings.forEach(warning -> terminal.out().println("warning: " + warning));
    terminal.out().flush();
    GridCase gridCase = check.orThrow();
    terminal.out().println(RunReport.describe(gridCase));
    terminal.out().println("no errors, " + count(warnings.size(), "warning"));
    if (!solve) {
      return ExitCode.OK;
    }
    Solved solved = solved(gridCase);
    terminal
        .out()
        .println("central solve with " + solved.steps + " steps: " + solved.central.status());
    solved.shortfalls.forEach(shortfall -> terminal.err().println("error: " + shortfall));
    return solved.exitCode();
  }

  private int printJson(CaseCheck check, List<CaseProblem> warnings) {
    ObjectNode root = JsonText.object();
    root.put("case", check.gridCase().map(GridCase::name).orElse(check.subject()));
    root.put("valid", check.errors().isEmpty());
    check
        .gridCase()
        .ifPresent(
            gridCase -> {
              root.put("nodes", gridCase.nodes().size());
              root.put("lines", gridCase.lines().size());
              root.put("depth", gridCase.tree().maxDepth());
              gridCase.fittingSteps().forEach(root.putArray("fittingSteps")::add);
            });
    JsonText.putProblems(root.putArray("errors"), check.errors());
    JsonText.putProblems(root.putArray("warnings"), warnings);
    int code = check.errors().isEmpty() ? ExitCode.OK : ExitCode.BAD_INPUT;
    if (solve && check.gridCase().isPresent()) {
      Solved solved = solved(check.gridCase().get());
      ObjectNode node = root.putObject("solve");
      node.put("steps", solved.steps);
      node.put("status", solved.central.status());
      JsonText.putProblems(node.putArray("shortfalls"), solved.shortfalls);
      code = solved.exitCode();
    }
    JsonText.print(terminal, root);
    return code;
  }

  /** Whether there is a dispatch, and where there is none what is short. */
  private record Solved(int steps, CentralResult central, List<CaseProblem> shortfalls) {
    int exitCode() {
      if (central.infeasible()) {
        return ExitCode.NOT_CONVERGED;
      }
      return central.solved() ? ExitCode.OK : ExitCode.FAILURE;
    }
  }

  private Solved solved(GridCase gridCase) {
    List<Integer> fitting = gridCase.fittingSteps();
    int usual = RunSettings.defaults().steps();
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .steps(fitting.contains(usual) ? usual : gridCase.limits().profileRows())
            .sampling(caseArgument.usualSampling())
            .build();
    CentralResult central = engine.central(gridCase, settings);
    return new Solved(
        settings.steps(),
        central,
        central.infeasible() ? engine.shortfalls(gridCase, settings) : List.of());
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
    return EncryptionRange.problems(gridCase, settings, settings.ckksParameters().parameters());
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
