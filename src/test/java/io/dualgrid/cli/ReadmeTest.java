package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.results.ResultFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The README says what the program does. */
class ReadmeTest {
  private final CommandLine commands =
      Dualgrid.commandLine(
          new FakeEngine(),
          Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())));
  private String readme;

  @BeforeEach
  void read() throws IOException {
    readme = Files.readString(Path.of("README.md"));
  }

  @Test
  void commandsAreThoseOfTheProgram() {
    List<String> listed = matches("(?m)^\\| `dualgrid ([a-z-]+)");
    assertThat(new TreeSet<>(listed)).isEqualTo(new TreeSet<>(commands.getSubcommands().keySet()));
  }

  @Test
  void optionsThatAreNamedExist() {
    TreeSet<String> options = new TreeSet<>();
    for (CommandLine command : commands.getSubcommands().values()) {
      options.addAll(command.getCommandSpec().optionsMap().keySet());
    }
    // CMake has options of its own
    List<String> named = matches("`(?!cmake)[^`\n]*?(--[a-z-]+)");
    assertThat(named).isNotEmpty();
    assertThat(options).containsAll(named);
  }

  @Test
  void exitCodesAreThoseOfTheProgram() {
    Map<String, String> codes = commands.getCommandSpec().usageMessage().exitCodeList();
    assertThat(matches("(?m)^\\| (\\d+) \\| .* \\|$")).containsExactlyElementsOf(codes.keySet());
    codes.forEach((code, meaning) -> assertThat(readme).contains("| " + code + " | " + meaning));
  }

  @Test
  void resultFilesAndBundledCasesAreNamed() {
    assertThat(ResultFiles.names()).allSatisfy(name -> assertThat(readme).contains("`" + name));
    assertThat(CaseLocator.bundledNames())
        .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
  }

  private List<String> matches(String pattern) {
    return Pattern.compile(pattern)
        .matcher(readme)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
