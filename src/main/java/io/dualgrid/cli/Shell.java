package io.dualgrid.cli;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;

/** The shells that there are completions for. */
enum Shell {
  /** GNU bash. */
  BASH(BashScript::of),
  /** Z shell, with its own completion system. */
  ZSH(ZshScript::of),
  /** fish. */
  FISH(FishScript::of);

  private final Function<List<CommandWords>, String> writer;

  Shell(Function<List<CommandWords>, String> writer) {
    this.writer = writer;
  }

  /** The script that completes a command line. */
  String script(CommandLine root) {
    return writer.apply(CommandWords.of(root));
  }
}
