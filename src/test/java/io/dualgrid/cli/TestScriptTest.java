package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.dualgrid.OneRound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What scripts/test does with the native build beside it, where either fails. */
@OneRound
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no bash")
class TestScriptTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @BeforeEach
  void copyScript() throws IOException {
    Files.createDirectory(folder.resolve("scripts"));
    Files.createDirectory(folder.resolve("bin"));
    Files.copy(Path.of("scripts/test"), folder.resolve("scripts/test"));
  }

  private void script(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/usr/bin/env bash\n" + text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private record Ended(int code, String said) {}

  /** Its output ends when the last one does that has it, so nothing that it started runs on. */
  private Ended run() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "scripts/test")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder
        .environment()
        .merge("PATH", folder.resolve("bin").toString(), (old, own) -> own + ':' + old);
    Process process = builder.start();
    try {
      return assertTimeoutPreemptively(
          LIMIT,
          () -> {
            byte[] said = process.getInputStream().readAllBytes();
            return new Ended(process.waitFor(), new String(said, StandardCharsets.UTF_8));
          });
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void whatDoesNotCompileEndsTheNativeBuild() throws IOException {
    script("scripts/build-native", "(echo begun >begun; exec sleep 600)\necho went on\n");
    script("bin/mvn", "while [ ! -s begun ]; do sleep 0.05; done\nexit 3\n");
    Ended ended = run();
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.said()).doesNotContain("went on");
  }

  @Test
  void theTestsWaitForTheNativeBuild() throws IOException {
    script("scripts/build-native", "sleep 0.5\necho built >built\n");
    script("bin/mvn", "case \"$*\" in *verify*) cat built ;; esac\n");
    Ended ended = run();
    assertThat(ended.code()).isZero();
    assertThat(ended.said()).isEqualTo("built\n");
    assertThat(folder.resolve("target/built.stamp")).exists();
  }

  @Test
  void withoutNativeLibrariesTheTestsRunAllTheSame() throws IOException {
    script("scripts/build-native", "exit 1\n");
    script("bin/mvn", "case \"$*\" in *verify*) echo tested ;; esac\n");
    Ended ended = run();
    assertThat(ended.code()).isZero();
    assertThat(ended.said()).contains("no native libraries").endsWith("tested\n");
  }
}
