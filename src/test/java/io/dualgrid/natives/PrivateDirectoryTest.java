package io.dualgrid.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is unpacked where, and what is left of it, in virtual machines of their own. */
class PrivateDirectoryTest {
  @TempDir Path temporary;

  @Test
  void isForItsOwnerOnlyAndCanBeRemoved() throws IOException {
    Path directory = PrivateDirectory.path();
    if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(directory))
          .allMatch(permission -> permission.name().startsWith("OWNER"));
    }
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.writeString(other.resolve("file"), "x");
    PrivateDirectory.remove(other);
    assertThat(other).doesNotExist();
  }

  @Test
  void oneInUseIsLeftAlone() throws IOException {
    Path mine = Files.createDirectory(temporary.resolve("dualgrid-natives-1"));
    Path foreign = Files.createDirectory(temporary.resolve("dualgrid-natives-2"));
    Path file = Files.writeString(mine.resolve("library"), "x");
    FileLock lock = PrivateDirectory.lock(mine);
    PrivateDirectory.removeLeftBehind(temporary);
    assertThat(file).exists();
    assertThat(foreign).as("no lock: not known to be ours, or just being made").exists();
    lock.channel().close();
    PrivateDirectory.removeLeftBehind(temporary);
    assertThat(mine).doesNotExist();
  }

  @Test
  void whatAKilledProcessLeavesTheNextOneRemoves() throws IOException, InterruptedException {
    assumeFalse(NativeLibraries.switchedOff());
    Process killed = start("-Djava.io.tmpdir=" + temporary);
    outcomes(killed);
    assertThat(files()).as("one folder for JNA's library and ours").hasSize(1);
    killed.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    List<Path> left = files();
    Process next = start("-Djava.io.tmpdir=" + temporary);
    outcomes(next);
    if (!left.isEmpty()) {
      assertThat(files()).hasSize(1).doesNotContainAnyElementsOf(left);
    }
    next.getOutputStream().close();
    assertThat(next.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(files()).isEmpty();
  }

  @Test
  void everyLibraryTellsTheFirstCause() throws IOException, InterruptedException {
    assumeFalse(NativeLibraries.switchedOff());
    Process process = start("-Djna.nosys=true", "-Djna.nounpack=true");
    List<String> outcomes = outcomes(process);
    process.getOutputStream().close();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(outcomes)
        .hasSize(3)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .startsWith("UnsatisfiedLinkError: ")
                    .doesNotContain("Could not initialize")
                    .isEqualTo(outcomes.get(0)));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(file -> !file.getFileName().toString().startsWith("hsperf")).toList();
    }
  }

  private static Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(LoadingMain.class.getName());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static List<String> outcomes(Process process) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      lines.add(reader.readLine());
    }
    return lines;
  }
}
