package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.OneRound;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunState;
import io.dualgrid.run.RunStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OneRound
class ResumeCommandTest {
  @TempDir Path temporary;

  private final FakeEngine engine = new FakeEngine();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String file;

  @BeforeEach
  void name() {
    file = temporary.resolve("night.ckpt").toString();
  }

  private int execute(String... arguments) {
    Terminal terminal = Terminal.plain(new PrintWriter(out, true), new PrintWriter(err, true));
    return Dualgrid.commandLine(engine, terminal).execute(arguments);
  }

  /** A run that ends after ten iterations, not converged. */
  private void broken(String... more) {
    engine.status = RunStatus.NOT_CONVERGED;
    engine.iterations = 10;
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(0, List.of("run", "6-bus", "--checkpoint", file, "--max-iterations", "10"));
    assertThat(execute(arguments.toArray(String[]::new))).isEqualTo(3);
    engine.status = RunStatus.CONVERGED;
    engine.iterations = 50;
  }

  @Test
  void aRunGoesOnWhereItEndedWithItsSettings() {
    broken("--privacy", "rmme", "--algorithm", "published", "--steps", "12");
    assertThat(out.toString()).contains("dualgrid resume " + file);
    assertThat(execute("resume", file, "--max-iterations", "70", "--threads", "5")).isZero();
    RunState from = engine.taken.get(1).orElseThrow();
    assertThat(from.iterations()).isEqualTo(10);
    assertThat(from.values().get("x")).containsExactly(10.0);
    assertThat(engine.runs.get(1))
        .isEqualTo(
            RunSettings.builder()
                .privacy(Privacy.RMME)
                .algorithm(Algorithm.PUBLISHED)
                .stopping(RunSettings.defaults().stopping())
                .steps(12)
                .maxIterations(70)
                .threads(5)
                .build());
    assertThat(out.toString()).containsPattern("goes on +after iteration 10");
  }

  @Test
  void aRunThatHasConvergedLeavesNoCheckpoint() {
    broken();
    assertThat(Path.of(file)).exists();
    assertThat(execute("resume", file, "--max-iterations", "70")).isZero();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void resultsGoWhereTheRunWouldHavePutThem() throws IOException {
    Path folder = temporary.resolve("results");
    broken("--out", folder.toString(), "--gap");
    Files.delete(folder.resolve("summary.json"));
    assertThat(execute("resume", file, "--max-iterations", "70", "--quiet")).isZero();
    assertThat(
            new ObjectMapper()
                .readTree(folder.resolve("summary.json").toFile())
                .has("objectiveGap"))
        .isTrue();
    assertThat(folder.resolve("report.html")).exists();
  }

  @Test
  void withoutMoreIterationsThereIsNothingToDo() {
    broken();
    assertThat(execute("resume", file)).isEqualTo(2);
    assertThat(err.toString()).contains("done 10 iterations", "--max-iterations");
    assertThat(execute("resume", file, "--max-iterations", "10")).isEqualTo(2);
    assertThat(execute("resume", file, "--max-iterations", "11", "--threads", "0")).isEqualTo(2);
    assertThat(engine.runs).hasSize(1);
    assertThat(Path.of(file)).exists();
  }

  @Test
  void aCaseThatHasChangedIsRefused() throws IOException {
    Path tables = temporary.resolve("tables");
    Path built = temporary.resolve("case");
    execute("new", tables.toString());
    execute("build", tables.toString(), "--out", built.toString());
    engine.status = RunStatus.INTERRUPTED;
    engine.iterations = 10;
    assertThat(execute("run", built.toString(), "--checkpoint", file)).isEqualTo(130);
    engine.status = RunStatus.CONVERGED;
    Path json = built.resolve("case.json");
    String original = Files.readString(json);
    Files.writeString(
        json, original.replaceFirst("\"voltageMinPu\": 0.95", "\"voltageMinPu\": 0.94"));
    assertThat(Files.readString(json)).isNotEqualTo(original);
    assertThat(execute("resume", file)).isEqualTo(2);
    assertThat(err.toString()).contains("has changed since").doesNotContain("\tat ");
    Files.writeString(json, original);
    assertThat(execute("resume", file)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "none.ckpt, there is no checkpoint",
    "text.ckpt, is not a checkpoint of dualgrid",
    "keyless.ckpt, cannot read the key"
  })
  void whatIsNoCheckpointIsRefused(String name, String sentence) throws IOException {
    broken();
    Path key = Path.of(file + ".key");
    Files.copy(key, temporary.resolve("text.ckpt.key"));
    Files.setPosixFilePermissions(
        temporary.resolve("text.ckpt.key"), Files.getPosixFilePermissions(key));
    Files.writeString(temporary.resolve("text.ckpt"), "hello");
    Files.copy(Path.of(file), temporary.resolve("keyless.ckpt"));
    assertThat(execute("resume", temporary.resolve(name).toString())).isEqualTo(2);
    assertThat(err.toString()).contains(sentence).doesNotContain("\tat ");
    assertThat(engine.runs).hasSize(1);
  }

  @Test
  void aNewRunDoesNotOverwriteACheckpoint() {
    broken();
    assertThat(execute("run", "6-bus", "--checkpoint", file)).isEqualTo(2);
    assertThat(err.toString()).contains("dualgrid resume", "delete it");
    assertThat(engine.runs).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"--checkpoint-every=30, 30s", "--checkpoint-every=30s, without --checkpoint"})
  void optionsThatMakeNoSenseAreRefused(String option, String sentence) {
    assertThat(execute("run", "6-bus", option)).isEqualTo(2);
    assertThat(err.toString()).contains("--checkpoint-every", sentence);
    assertThat(engine.runs).isEmpty();
  }
}
