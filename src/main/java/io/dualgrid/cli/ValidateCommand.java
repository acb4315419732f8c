package io.dualgrid.cli;

import io.dualgrid.cases.CaseCheck;
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
    check.warnings().forEach(warning -> terminal.out().println("warning: " + warning));
    terminal.out().flush();
    terminal.out().println(RunReport.describe(check.orThrow()));
    terminal.out().println("no errors, " + count(check.warnings().size(), "warning"));
    return ExitCode.OK;
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
