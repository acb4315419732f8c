package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.OneRound;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shells themselves say what they complete. */
@OneRound
class CompletionScriptTest {
  /** Fills the words that bash hands to a completion function, and prints what it answers. */
  private static final String ASK_BASH =
      "source ./script; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _dualgrid;"
          + " printf '%s\\n' \"${COMPREPLY[@]}\"";

  @TempDir Path temporary;

  private void prepare(String shell) throws IOException, InterruptedException {
    StringWriter script = new StringWriter();
    assertThat(CommandLineRun.of(script, "completion", shell)).isZero();
    Files.writeString(temporary.resolve("script"), script.toString());
    Files.createDirectory(temporary.resolve("district"));
    Files.writeString(temporary.resolve("file.csv"), "");
    assumeTrue(says("sh", "-c", "command -v " + shell).size() == 1, "no " + shell + " here");
  }

  private List<String> says(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(temporary.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ru|run",
        "run,--privacy,|none rmme ckks dual",
        "run,6-bus,--algorithm,new|newton",
        "run,6-bus,--privacy,=|none rmme ckks dual",
        "run,6-bus,--privacy,=,d|dual",
        "run,|6-bus yingkou-60 district",
        "run,d|district",
        "run,6-bus,--out,|district file.csv script",
        "run,--quiet,y|yingkou-60",
        "run,6-bus,--voltage-m|--voltage-margin",
        "ca,|init sign revoke",
        "help,ca,|",
        "completion,|bash zsh fish"
      })
  void bashCompletes(String words, String expected) throws IOException, InterruptedException {
    prepare("bash");
    List<String> command = new ArrayList<>(List.of("bash", "-c", ASK_BASH, "bash", "dualgrid"));
    command.addAll(List.of(words.split(",", -1)));
    String[] answers = expected == null ? new String[0] : expected.split(" ");
    assertThat(says(command.toArray(new String[0]))).containsExactlyInAnyOrder(answers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dualgrid ru|run",
        "dualgrid run --privacy d|dual",
        "dualgrid run 6-bus --algorithm=n|--algorithm=newton",
        "dualgrid run d|district/",
        "dualgrid ca i|init"
      })
  void fishCompletes(String line, String expected) throws IOException, InterruptedException {
    prepare("fish");
    List<String> answers =
        says("fish", "-c", "source ./script; complete -C '" + line + "'").stream()
            .map(answer -> answer.split("\t")[0])
            .toList();
    assertThat(answers).containsExactly(expected.split(" "));
  }

  @Test
  void zshReadsItsScript() throws IOException, InterruptedException {
    prepare("zsh");
    String load = "autoload -U compinit; compinit -u -D; source ./script; whence -w _dualgrid_run";
    assertThat(says("zsh", "-f", "-c", load)).containsExactly("_dualgrid_run: function");
  }
}
