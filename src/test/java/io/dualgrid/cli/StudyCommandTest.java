package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OneRound
class StudyCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;

  private int execute(String... arguments) {
    Terminal terminal = Terminal.plain(new PrintWriter(out, true), new PrintWriter(err, true));
    return Dualgrid.commandLine(Engine.DISPATCH, terminal).execute(arguments);
  }

  private int study(String... more) {
    String[] arguments = new String[4 + more.length];
    System.arraycopy(
        new String[] {"study", file.toString(), "--out", folder.resolve("out").toString()},
        0,
        arguments,
        0,
        4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return execute(arguments);
  }

  private void write(String rest) throws IOException {
    Path gridCase = Path.of("examples", "studies", "6-bus-stores").toAbsolutePath();
    Files.writeString(file, "formatVersion: 1\nname: t\ncase: " + gridCase + "\nsteps: 6\n" + rest);
  }

  @BeforeEach
  void place() {
    file = folder.resolve("study.yaml");
  }

  @Test
  void aStudyIsRunOnceAndThenThere() throws IOException {
    write("days: {count: 2, lookAheadHours: 12, carryStorage: true}\n");
    assertThat(study("--threads", "1")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("1 chain of 2 days, without privacy", "day 2 of 2  100%")
        .containsPattern("failed +none")
        .containsPattern("iterations +[0-9.]+ a day; on 1 days run both ways");
    assertThat(folder.resolve("out/days/scenario=base/repetition=1/days.csv")).exists();
    out.getBuffer().setLength(0);
    assertThat(study()).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("2 of 2 days are there already")
        .containsPattern("days +2, 0 of them now")
        .doesNotContain("100%");
  }

  @Test
  void aFailedDayEndsInItsCodeAndReason() throws IOException {
    write(
        """
        days: {count: 1}
        scenarios:
          - name: cold
            outages:
              - {node: 2, device: 4, firstDay: 1, lastDay: 1}
              - {node: 2, device: 5, firstDay: 1, lastDay: 1}
        """);
    assertThat(study("--quiet")).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(out.toString())
        .containsPattern("failed +1; scenario cold, repetition 1, day 1: ")
        .doesNotContain("100%");
  }

  @Test
  void whatIsWrongEndsInBadInput() throws IOException {
    assertThat(study()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("study.yaml: there is no such file");
    write("days: {count: none}\n");
    assertThat(study()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("days: count = \"none\": is text, not a number");
    write("days: {count: 1}\n");
    assertThat(study("--threads", "0")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("--threads must be positive, got 0");
    assertThat(execute("study", file.toString())).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("--out");
    assertThat(study("--cluster", "machine.conf")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("this jar is for one machine");
    Path other = Files.createDirectory(folder.resolve("out"));
    Files.writeString(other.resolve("mine.txt"), "mine");
    assertThat(study()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("is not empty and of no study");
  }
}
