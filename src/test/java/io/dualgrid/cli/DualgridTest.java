package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A command line with one command says what the one with all of them says. */
@OneRound
class DualgridTest {
  private final StringWriter text = new StringWriter();
  private final Terminal terminal =
      Terminal.plain(new PrintWriter(text, true), new PrintWriter(text, true));

  private Map<String, Supplier<Object>> commands() {
    return Dualgrid.commands(new FakeEngine(), terminal);
  }

  @Test
  void commandsAreCalledWhatTheyCallThemselves() {
    commands()
        .forEach(
            (name, command) -> {
              Object made = command.get();
              CommandLine line = made instanceof CommandLine whole ? whole : new CommandLine(made);
              assertThat(line.getCommandName()).isEqualTo(name);
            });
  }

  @Test
  void oneCommandAloneHasTheHelpItHasAmongAll() {
    for (String name : commands().keySet()) {
      String alone = said(Dualgrid.commandLineFor(new FakeEngine(), terminal, name), name);
      String among = said(Dualgrid.commandLine(new FakeEngine(), terminal), name);
      assertThat(alone).isEqualTo(among).isNotBlank();
    }
  }

  private String said(CommandLine line, String name) {
    text.getBuffer().setLength(0);
    line.execute(name, "--help");
    return text.toString();
  }

  @Test
  void whatBeginsOtherwiseKnowsAllCommands() {
    for (String first : new String[] {"--help", "rnu", "completion", ""}) {
      assertThat(Dualgrid.commandLineFor(new FakeEngine(), terminal, first).getSubcommands())
          .containsOnlyKeys(commands().keySet());
    }
    assertThat(Dualgrid.commandLineFor(new FakeEngine(), terminal).getSubcommands())
        .hasSameSizeAs(commands());
    assertThat(Dualgrid.commandLineFor(new FakeEngine(), terminal, "run").getSubcommands())
        .containsOnlyKeys("run");
  }
}
