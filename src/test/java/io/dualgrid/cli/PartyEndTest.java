package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.Sampling;
import io.dualgrid.network.pki.Authority;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.share.CaseSplitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes of parties that are told to end, their words in a file. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill")
@OneRound
class PartyEndTest {
  private static final int TERMINATED = 143; // 128 + SIGTERM

  @TempDir private Path temporary;

  @Test
  void aCloudEndsInGoodOrder() throws Exception {
    Path folder = enrolled(temporary.resolve("cloud"), "cloud");

    endsBySignal(
        "listening on",
        List.of("cloud", folder.toString(), "--listen", "127.0.0.1:0", "--threads", "1"));
  }

  @Test
  void aSiteThatWaitsForTheNextRunEndsInGoodOrder() throws Exception {
    Path district = temporary.resolve("district");
    CaseSplitter.split(CaseLocator.read("6-bus"), Sampling.FIRST, district, false);
    Path folder = enrolled(district.resolve(CaseSplitter.folderOf(3)), "site/6-bus/3");

    // nobody listens there, which it says every second
    List<String> said =
        endsBySignal(
            "the operator at",
            List.of("site", folder.toString(), "--operator=127.0.0.1:9", "--serve", "--wait=1"));
    assertThat(said).anyMatch(line -> line.contains("told to end"));
  }

  private Path enrolled(Path folder, String name) {
    PartyFolder.init(folder, name);
    PartyFolder party = PartyFolder.of(folder);
    Authority.init(temporary.resolve("authority"))
        .sign(party.request(), party.certificate(), Duration.ofDays(30));
    return folder;
  }

  private List<String> endsBySignal(String ready, List<String> words)
      throws IOException, InterruptedException {
    Path file = temporary.resolve("party.conf");
    Files.writeString(file, "# a party\n" + String.join("\n", words) + "\n");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "@" + file)
            .redirectErrorStream(true)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        said.add(line);
        if (line.startsWith(ready)) {
          process.toHandle().destroy(); // SIGTERM, with the streams left open
        }
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("%s", said).isEqualTo(TERMINATED);
    assertThat(said).noneMatch(line -> line.contains("Exception"));
    return said;
  }
}
