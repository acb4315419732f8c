package io.dualgrid.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills studies (SIGKILL, which no program can answer) at random moments and goes on with what they
 * left. {@code -Ddualgrid.kills=20} asks for more kills than those of every build.
 */
@OneRound
class StudyKillTest {
  private static final int KILLS = Integer.getInteger("dualgrid.kills", 2);
  private static final long LIMIT_SECONDS = 300;

  @TempDir private Path folder;

  // the moments differ from run to run on purpose; the seed is told with a failure
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void noChainIsLostOrCountedTwice() throws Exception {
    Path study = folder.resolve("study.yaml");
    Files.writeString(
        study,
        "formatVersion: 1\nname: killed\ncase: "
            + Path.of("examples", "studies", "6-bus-stores").toAbsolutePath()
            + """

            steps: 12
            days: {count: 2, lookAheadHours: 6, carryStorage: true}
            seed: 5
            keep: {dispatch: true}
            scenarios:
              - {name: drawn, repetitions: 6, factors: [{of: wind, from: 0, to: 1.5}]}
            """);
    Path undisturbed = folder.resolve("undisturbed");
    long begin = System.nanoTime();
    runWhole(study, undisturbed);
    long wholeMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    FileTree expected = FileTree.of(undisturbed);
    assertThat(expected.names())
        .hasSize(6 + 6 + 4); // days, dispatches; manifest, two summaries, report

    Path out = folder.resolve("out");
    int kills = 0;
    int complete = 0;
    long keptBefore = 0;
    while (kills < KILLS) {
      Process process = start(study, out);
      if (process.waitFor(random.nextLong(wholeMillis), TimeUnit.MILLISECONDS)) {
        assertThat(process.exitValue()).as("seed %s", seed).isZero();
        assertThat(FileTree.of(out)).as("seed %s", seed).isEqualTo(expected);
        delete(out);
        keptBefore = 0;
        complete++;
        wholeMillis = Math.max(200, wholeMillis * 3 / 4); // the machine was busier before
      } else {
        process.destroyForcibly().waitFor();
        kills++;
        long kept = chains(out);
        assertThat(kept).as("seed %s", seed).isGreaterThanOrEqualTo(keptBefore);
        keptBefore = kept;
      }
    }
    runWhole(study, out);
    assertThat(FileTree.of(out)).as("seed %s", seed).isEqualTo(expected);
    System.out.printf("study: %d kills, %d complete before the kill%n", kills, complete);
  }

  private static long chains(Path out) throws IOException {
    if (!Files.isDirectory(out)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(out)) {
      return files.filter(file -> file.endsWith(DaysCsv.NAME)).count();
    }
  }

  private static void delete(Path out) throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void runWhole(Path study, Path out) throws Exception {
    Process process = start(study, out);
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static Process start(Path study, Path out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // of so short a process most would be spent on compiling code well
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-Ddualgrid.natives=" + System.getProperty("dualgrid.natives", "on"));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("io.dualgrid.cli.Main");
    command.addAll(List.of("study", study.toString(), "--out", out.toString(), "--threads", "2"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
