package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run --config FILE}. */
@OneRound
class RunFileTest {
  @TempDir Path folder;

  private final FakeEngine engine = new FakeEngine();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    Terminal terminal = Terminal.plain(new PrintWriter(out, true), new PrintWriter(err, true));
    return Dualgrid.commandLine(engine, terminal).execute(arguments);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("night.yaml"), text).toString();
  }

  private RunSettings settings() {
    assertThat(engine.runs).as(err.toString()).hasSize(1);
    return engine.runs.get(0);
  }

  @Test
  void aFileGivesTheCaseAndOptions() throws IOException {
    String file =
        file(
            """
            # a comment
            case: 6-bus
            privacy: ckks
            steps: 48
            gap-tolerance: 2.5e-4
            allow-exposed-sums: true
            verbose: false
            out: results/night
            """);
    assertThat(execute("run", "--config", file)).as(err.toString()).isZero();
    assertThat(settings())
        .isEqualTo(
            RunSettings.builder()
                .privacy(Privacy.CKKS)
                .algorithm(Algorithm.NEWTON)
                .steps(48)
                .gapTolerance(2.5e-4)
                .allowExposedSums(true)
                .threads(settings().threads())
                .build());
    // beside the file, wherever the command was called
    assertThat(folder.resolve("results/night/summary.json")).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "--privacy=none,--config=FILE",
    "--config=FILE,--privacy=none",
    "--config=FILE,--privacy none"
  })
  void optionsOnTheCommandLineWinWhereverTheyStand(String one, String two) throws IOException {
    String file = file("case: yingkou-60\nprivacy: rmme\nsteps: 48\n");
    String line = "run 6-bus " + one + " " + two;
    assertThat(execute(line.replace("FILE", file).split(" "))).as(err.toString()).isZero();
    assertThat(settings().privacy()).isEqualTo(Privacy.NONE);
    assertThat(settings().steps()).isEqualTo(48);
    assertThat(out.toString()).contains("6-bus: 7 nodes");
  }

  @Test
  void aSwitchInBothPlacesIsOn() throws IOException {
    String file = file("case: 6-bus\nquiet: true\nallow-exposed-sums: true\n");
    assertThat(execute("run", "--config", file, "--allow-exposed-sums", "--quiet")).isZero();
    assertThat(settings().allowExposedSums()).isTrue();
    assertThat(out.toString()).startsWith("status");
  }

  @Test
  void aCaseIsLookedForBesideTheFile() throws IOException {
    String file = file("case: mine\n");
    assertThat(execute("run", "--config", file)).isEqualTo(2);
    assertThat(err.toString()).contains(folder.resolve("mine").toString());
  }

  @Test
  void allThatIsWrongWithAFileIsToldAtOnce() throws IOException {
    String file =
        file("case: 6-bus\nprivcy: none\nstepps: 48\ngap: often\nqp: [java]\nconfig: other\n");
    assertThat(execute("run", "--config", file)).isEqualTo(2);
    assertThat(err.toString())
        .contains(file + ": privcy: there is no such option; did you mean privacy?")
        .contains(file + ": stepps: there is no such option; did you mean steps?")
        .contains(file + ": gap = often: is neither true nor false; write gap: true")
        .contains(file + ": qp = [\"java\"]: is not one value")
        .contains(file + ": config: there is no such option");
    assertThat(engine.runs).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"privacy: al", "steps: many", "checkpoint-every: 3 days", "mask-lifetime: 0.5"})
  void aWrongValueIsToldWithItsFile(String line) throws IOException {
    String file = file("case: 6-bus\n" + line + "\n");
    assertThat(execute("run", "--config", file)).isEqualTo(2);
    assertThat(err.toString().lines().findFirst().orElseThrow())
        .startsWith("error: " + file + ": ")
        .contains("--" + line.split(":")[0])
        .contains(line.split(": ")[1]);
    assertThat(engine.runs).isEmpty();
  }

  @Test
  void aWrongValueOfTheCommandLineIsNotBlamedOnTheFile() throws IOException {
    String file = file("case: 6-bus\nsteps: 48\n");
    assertThat(execute("run", "--config", file, "--steps", "many")).isEqualTo(2);
    assertThat(err.toString()).doesNotContain(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "- case", "case: [", "case: 6-bus\ncase: 6-bus", "case:", "case: ''"})
  void aFileThatIsNoneIsRefused(String text) throws IOException {
    String file = file(text);
    assertThat(execute("run", "--config", file)).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: " + file + ": ");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    String file = folder.resolve("none.yaml").toString();
    assertThat(execute("run", "--config", file)).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: " + file + ": there is no such file");
    assertThat(execute("run", "6-bus", "--config")).isEqualTo(2);
  }
}
