package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.OneRound;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@OneRound
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill")
class InterruptionTest {
  @TempDir Path temporary;

  @Test
  void interruptedRunKeepsWhatIsKnown() throws IOException, InterruptedException {
    // a shell that runs the tests in the background has them ignore SIGINT, and us with them
    assumeTrue(!ignoresInterrupts(), "SIGINT is ignored in this process");
    endBy("INT", 130);
  }

  @Test
  void terminatedRunKeepsWhatIsKnown() throws IOException, InterruptedException {
    endBy("TERM", 143);
  }

  private void endBy(String signal, int expectedCode) throws IOException, InterruptedException {
    Path folder = temporary.resolve("results");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SlowMain.class.getName(),
                "run",
                "6-bus",
                "--out",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    List<String> output = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      boolean signalled = false;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.add(line);
        if (!signalled && line.matches(" +1 .*")) {
          signalled = true;
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        }
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).describedAs("%s", output).isEqualTo(expectedCode);
    assertThat(output).anyMatch(line -> line.matches("status +interrupted"));
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
    assertThat(summary.get("status").asText()).isEqualTo("interrupted");
    int iterations = summary.get("iterations").asInt();
    assertThat(iterations).isBetween(1, 9_999);
    assertThat(Files.readAllLines(folder.resolve("iterations.csv"))).hasSize(iterations + 1);
  }

  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String mask =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElse("SigIgn:\t0")
            .split("\\s+")[1];
    // bit number − 1; SIGINT is 2
    return (Long.parseUnsignedLong(mask, 16) & 2) != 0;
  }
}
