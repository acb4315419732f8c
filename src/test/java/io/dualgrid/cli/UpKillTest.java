package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.OneRound;
import io.dualgrid.network.share.CaseSplitter;
import io.dualgrid.network.share.SitePart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code dualgrid up} with a process that is killed at the worst moment there is. {@code
 * -Ddualgrid.kills=20} asks for more kills than that of every build; scripts/kill-test does.
 */
@OneRound
class UpKillTest {
  private static final String VICTIM = CaseSplitter.folderOf(3);
  private static final long LIMIT_SECONDS = 120;
  private static final Path PROCESSES = Path.of("/proc");

  private static final int KILLS = Integer.getInteger("dualgrid.kills", 1);

  /** Most of the time that it takes from its result to the end of its process. */
  private static final long SPAN_MILLIS = 60;

  @TempDir private Path folder;

  /**
   * Its result is kept, and it is taking its leave: the operator may end before it is started
   * again, and it would dial for the five minutes of --wait.
   */
  @Test
  void aSiteThatIsKilledAsItTakesItsLeaveIsNotWaitedFor() throws Exception {
    assumeTrue(Files.isDirectory(PROCESSES), "no processes to be seen here");
    int hits = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Path parties = folder.resolve("parties-" + kill);
      Path said = folder.resolve("said-" + kill);
      Process up = up(parties, said);
      ProcessHandle victim = victim(up);
      Path result = parties.resolve(VICTIM).resolve(SitePart.NAME);
      while (up.isAlive() && !Files.exists(result)) {
        Thread.onSpinWait();
      }
      Thread.sleep(SPAN_MILLIS * (2 * kill + 1) / (2L * KILLS));
      victim.destroyForcibly();
      assertThat(up.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(up.exitValue()).as(Files.readString(said)).isZero();
      hits += Files.readString(said).contains("was killed, and is started again") ? 1 : 0;
    }
    assumeTrue(hits > 0, "it had ended before it was killed");
  }

  private static ProcessHandle victim(Process up) throws InterruptedException {
    while (up.isAlive()) {
      for (ProcessHandle child : up.children().toList()) {
        if (words(child).contains(VICTIM + '\0')) {
          return child;
        }
      }
      Thread.sleep(5);
    }
    throw new AssertionError("it ended before the site began");
  }

  /** Its command line, which is too long for what Java tells of it. */
  private static String words(ProcessHandle process) {
    try {
      return Files.readString(PROCESSES.resolve(process.pid() + "/cmdline"));
    } catch (IOException e) {
      return ""; // it has gone
    }
  }

  private static Process up(Path parties, Path said) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "up",
                "6-bus",
                "--privacy",
                "none",
                "--site-processes",
                "2",
                "--keep",
                parties.toString()))
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }
}
