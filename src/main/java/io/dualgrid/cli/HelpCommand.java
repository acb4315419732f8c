package io.dualgrid.cli;

import io.dualgrid.problem.Spelling;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid help}. */
@Command(
    name = "help",
    description = "Tells the options of a command, as --help behind the command does.",
    footer = {"", "Examples:", "  dualgrid help run", "  dualgrid help ca init"})
final class HelpCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "A command, and a command of that one; none: all commands.")
  private List<String> path = List.of();

  HelpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandLine command = spec.root().commandLine();
    for (String name : path) {
      CommandLine next = command.getSubcommands().get(name);
      if (next == null) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            Spelling.unknown("command", name, command.getSubcommands().keySet()));
      }
      command = next;
    }
    command.usage(terminal.out());
    terminal.out().flush();
    return ExitCode.OK;
  }
}
