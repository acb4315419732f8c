package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the help says of commands and options. Of a description the list of commands shows the first
 * part, and each part begins a line of its own, however wide the terminal is.
 */
@OneRound
class HelpTextTest {
  private static CommandLine program() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return Dualgrid.commandLine(Engine.DISPATCH, Terminal.plain(nowhere, nowhere));
  }

  private static List<CommandSpec> commands(CommandLine of) {
    List<CommandSpec> all = new ArrayList<>(List.of(of.getCommandSpec()));
    of.getSubcommands().values().forEach(command -> all.addAll(commands(command)));
    return all;
  }

  private static void assertWhole(String what, String[] description) {
    assertThat(Arrays.asList(description))
        .as(what)
        .isNotEmpty()
        .allMatch(part -> part.isEmpty() || part.matches("(?s).*[.)]\\s*"), "ends as a sentence");
  }

  @Test
  void linesEndWhereSentencesDo() {
    for (CommandSpec command : commands(program())) {
      assertWhole(command.qualifiedName(), command.usageMessage().description());
      for (ArgSpec argument : command.args()) {
        if (!argument.hidden()) {
          assertWhole(command.qualifiedName() + " " + argument, argument.description());
        }
      }
    }
  }
}
