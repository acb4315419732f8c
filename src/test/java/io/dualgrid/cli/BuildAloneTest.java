package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.OneRound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What scripts/build-alone promises to the scripts that build. */
@OneRound
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no bash")
class BuildAloneTest {
  private static final long LIMIT_SECONDS = 60;

  @TempDir private Path folder;

  /** Builds, which takes a while, and then runs on until it may end, as a program does. */
  private Process start(String name) throws IOException {
    String script =
        """
        set -euo pipefail
        . "$0"
        ready() { [ -f built ]; }
        build() { echo "$1" >>builds; sleep 0.3; touch built; }
        built_by() { build "$NAME"; }
        build_alone "$NAME" "$PWD" ready built_by
        touch "running-$NAME"
        exec bash -c 'while [ ! -f end ]; do sleep 0.05; done'
        """;
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash", "-c", script, Path.of("scripts/build-alone").toAbsolutePath().toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said-" + name).toFile());
    builder.environment().put("NAME", name);
    return builder.start();
  }

  private static boolean isThere(String program) throws IOException, InterruptedException {
    return new ProcessBuilder("bash", "-c", "command -v " + program).start().waitFor() == 0;
  }

  /** And who waited for the other's build keeps nobody waiting while it runs. */
  @Test
  void ofTwoAtATimeOneBuildsAndBothRun() throws Exception {
    assumeTrue(isThere("flock"), "there is no flock");
    List<Process> processes = new ArrayList<>();
    try {
      processes.add(start("one"));
      processes.add(start("two"));
      for (String running : List.of("running-one", "running-two")) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!Files.exists(folder.resolve(running))) {
          assertThat(System.nanoTime()).as(running).isLessThan(deadline);
          Thread.sleep(20);
        }
      }
      assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
      Process free =
          new ProcessBuilder("flock", "-n", "target/.build.lock", "true")
              .directory(folder.toFile())
              .start();
      assertThat(free.waitFor()).as("the lock is free").isZero();
      Files.createFile(folder.resolve("end"));
      for (Process process : processes) {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
      }
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }
}
