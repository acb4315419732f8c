package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.OneRound;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What lies in deploy/ starts commands that there are, and waits as long as they need to end. */
@OneRound
class DeployFilesTest {
  private static final Path FOLDER = Path.of("deploy");
  private static final Pattern COMMAND = Pattern.compile("(?m)^ExecStart=.*dualgrid\\.jar (.+)$");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(DUALGRID_[A-Z]+)}");

  static List<Path> units() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".service")).sorted().toList();
    }
  }

  private static CommandLine program() {
    return Dualgrid.commandLine(
        new FakeEngine(),
        Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())));
  }

  @Test
  void thereIsAUnitForEachParty() throws IOException {
    assertThat(units().stream().map(unit -> unit.getFileName().toString()))
        .containsExactly(
            "dualgrid-cloud.service",
            "dualgrid-operator.service",
            "dualgrid-relay.service",
            "dualgrid-site@.service");
  }

  @ParameterizedTest
  @MethodSource("units")
  void startsACommandWithOptionsThatThereAre(Path unit) throws IOException {
    Matcher command = COMMAND.matcher(Files.readString(unit));
    assertThat(command.find()).isTrue();
    List<String> words = List.of(command.group(1).split(" "));
    CommandLine called = program().getSubcommands().get(words.get(0));
    assertThat(called).as(words.get(0)).isNotNull();
    assertThat(words.stream().filter(word -> word.startsWith("--")))
        .allMatch(option -> called.getCommandSpec().findOption(option) != null);
  }

  /** With the values of the examples, as far as the command line goes. */
  @ParameterizedTest
  @MethodSource("units")
  void everyVariableIsInItsExampleAndIsTaken(Path unit) throws IOException {
    String name = unit.getFileName().toString().replaceAll("dualgrid-|@?\\.service", "");
    String example = Files.readString(FOLDER.resolve(name + ".env"));
    Matcher command = COMMAND.matcher(Files.readString(unit));
    assertThat(command.find()).isTrue();
    String line =
        VARIABLE
            .matcher(command.group(1))
            .replaceAll(
                variable -> {
                  Matcher value =
                      Pattern.compile("(?m)^" + variable.group(1) + "=(.+)$").matcher(example);
                  assertThat(value.find()).as(variable.group(1) + " in " + name + ".env").isTrue();
                  return value.group(1);
                });
    // throws on a value that its option does not take
    program().parseArgs(line.split(" "));
  }

  @ParameterizedTest
  @MethodSource("units")
  void systemdUnderstandsEveryLine(Path unit) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "no systemd here");
    Process verify =
        new ProcessBuilder("/usr/bin/systemd-analyze", "verify", unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    verify.waitFor();
    // that the program, its user and their folders are not on this machine is no fault of the unit
    assertThat(said.lines().filter(line -> line.contains(unit.getFileName().toString() + ":")))
        .isEmpty();
  }

  @Test
  void theContainerRunsAsNobodyInParticularAndHearsSignals() throws IOException {
    String file = Files.readString(FOLDER.resolve("Containerfile"));
    assertThat(file).contains("\nUSER dualgrid\n").containsPattern("(?m)^ENTRYPOINT \\[");
    assertThat(file.indexOf("USER dualgrid")).isLessThan(file.indexOf("ENTRYPOINT"));
  }
}
