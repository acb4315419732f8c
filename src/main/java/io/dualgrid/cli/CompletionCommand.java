package io.dualgrid.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dualgrid completion}. */
@Command(
    name = "completion",
    description = "Prints a completion script for a shell.",
    footer = {
      "",
      "To be read when a shell starts:",
      "  bash  source <(dualgrid completion bash)      in ~/.bashrc",
      "  zsh   source <(dualgrid completion zsh)       in ~/.zshrc, after compinit",
      "  fish  dualgrid completion fish | source       in ~/.config/fish/config.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "SHELL",
      defaultValue = "bash",
      completionCandidates = Choices.Shells.class,
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Shell shell;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().print(shell.script(spec.root().commandLine()));
    terminal.out().flush();
    return ExitCode.OK;
  }
}
