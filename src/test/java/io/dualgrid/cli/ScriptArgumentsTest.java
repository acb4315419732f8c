package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that work for minutes say at once that they do not know an option. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no bash")
class ScriptArgumentsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench",
        "check-native-lifetimes",
        "check-native-memory",
        "cluster-network-test",
        "cluster-test",
        "fuzz-importers",
        "full-disk-test",
        "fuzz-native",
        "namespace-test",
        "network-test",
        "newton-table",
        "python-test",
        "scale-table"
      })
  void unknownOptionsAreRefused(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("scripts/" + script, "--nonsense").redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isEqualTo(2);
      assertThat(said).contains(script);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
