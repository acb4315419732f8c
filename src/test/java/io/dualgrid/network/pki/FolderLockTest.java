package io.dualgrid.network.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir private Path temporary;
  private Path one;
  private Path two;

  @BeforeEach
  void makeFolders() throws IOException {
    one = Files.createDirectory(temporary.resolve("site-1"));
    two = Files.createDirectory(temporary.resolve("site-2"));
  }

  /** Another process, which holds a folder until it is killed. */
  static final class Holder {
    private Holder() {}

    /** Holds the folder that is named. */
    public static void main(String... arguments) throws InterruptedException {
      FolderLock lock = FolderLock.take(List.of(Path.of(arguments[0])));
      System.out.println("held");
      Thread.sleep(Long.MAX_VALUE);
      lock.close();
    }
  }

  private static String place(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static Process start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                place(FolderLock.class) + File.pathSeparator + place(Holder.class),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = process.inputReader();
    assertThat(said.readLine()).isEqualTo("held");
    return process;
  }

  /** Killed, it takes nothing with it: the next one starts. */
  @Test
  void anotherProcessIsRefusedUntilTheFirstHasDied() throws Exception {
    Process first = start(one);
    try {
      assertThatThrownBy(() -> FolderLock.take(List.of(two, one)))
          .isInstanceOf(PkiException.class)
          .hasMessageContaining("site-1: a process of this party runs")
          .hasMessageContaining("(number " + first.pid() + ")");
      // what was taken before the refusal is given back
      FolderLock.take(List.of(two)).close();
    } finally {
      first.destroyForcibly().waitFor();
    }
    FolderLock.take(List.of(one)).close();
  }

  @Test
  void oneProcessTakesAFolderOnce() {
    FolderLock lock = FolderLock.take(List.of(one, two));
    assertThatThrownBy(() -> FolderLock.take(List.of(one)))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("(number " + ProcessHandle.current().pid() + ")");
    lock.close();
    FolderLock.take(List.of(one)).close();
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> FolderLock.take(List.of(temporary.resolve("site-9"))))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("site-9: there is no such folder");
  }
}
