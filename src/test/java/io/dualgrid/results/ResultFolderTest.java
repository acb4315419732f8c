package io.dualgrid.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {
  @TempDir Path temporary;

  @Test
  void foldersAreMadeAndFilesReplaced() throws IOException {
    Path folder = temporary.resolve("a/b c");
    ResultFolder.open(folder).write(Map.of("x.csv", out -> out.write("old")));
    ResultFolder.open(folder).write(Map.of("x.csv", out -> out.write("neu · ü")));
    assertThat(names(folder)).containsExactly("x.csv");
    assertThat(folder.resolve("x.csv")).hasContent("neu · ü");
  }

  @Test
  void openingLeavesNothingBehind() throws IOException {
    ResultFolder.open(temporary);
    ResultFolder.open(temporary.resolve("new/folder"));
    assertThat(names(temporary)).isEmpty();
  }

  @Test
  void failureInTheSecondFileLeavesTheFirstAsItWas() throws IOException {
    ResultFolder folder = ResultFolder.open(temporary);
    folder.write(Map.of("first.csv", out -> out.write("old")));
    Map<String, FileContent> files = new LinkedHashMap<>();
    files.put("first.csv", out -> out.write("new"));
    files.put(
        "second.csv",
        out -> {
          out.write("half of it");
          out.flush();
          throw new IOException("No space left on device");
        });
    assertThatThrownBy(() -> folder.write(files))
        .isInstanceOf(ResultException.class)
        .hasMessageContaining(temporary.toString())
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("--out");
    assertThat(names(temporary)).containsExactly("first.csv");
    assertThat(temporary.resolve("first.csv")).hasContent("old");
  }

  @Test
  void resultsAreExchangedAsAWhole() throws IOException {
    ResultFolder folder = ResultFolder.open(temporary.resolve("run"));
    Files.createDirectories(folder.path());
    Files.writeString(folder.path().resolve("prices.csv"), "of the user");
    Map<String, FileContent> central = Map.of("summary.json", out -> out.write("central"));
    folder.exchange(central);
    assertThat(folder.path().resolve("prices.csv")).as("of no result").exists();

    folder.exchange(
        Map.of(
            "summary.json", out -> out.write("run"),
            "iterations.csv", out -> out.write("1"),
            "report.html", out -> out.write("of run")));
    assertThat(names(folder.path()))
        .containsExactly("iterations.csv", "report.html", "summary.json");
    assertThat(folder.path().resolve("report.html")).hasContent("of run");

    Map<String, FileContent> full = new HashMap<>(central);
    full.put(
        "report.html",
        out -> {
          throw new IOException("No space left on device");
        });
    assertThatThrownBy(() -> folder.exchange(full))
        .isInstanceOf(ResultException.class)
        .hasMessageContaining("No space left on device");
    assertThat(names(folder.path()))
        .containsExactly("iterations.csv", "report.html", "summary.json");
    assertThat(folder.path().resolve("summary.json")).hasContent("run");

    folder.exchange(central);
    assertThat(names(folder.path())).containsExactly("summary.json");
  }

  @Test
  void bugInAWriterLeavesNothingHalfWritten() throws IOException {
    ResultFolder folder = ResultFolder.open(temporary);
    assertThatThrownBy(
            () ->
                folder.write(
                    Map.of(
                        "x.csv",
                        out -> {
                          throw new IllegalStateException("bug");
                        })))
        .isInstanceOf(IllegalStateException.class);
    assertThat(names(temporary)).isEmpty();
  }

  /** As of {@code export}: the folder that was made for the files would look like a result. */
  @Test
  void aFullDiskLeavesNoEmptyFolder() throws IOException {
    ResultFolder folder = ResultFolder.open(temporary.resolve("new").resolve("export"));
    FileContent tooMuch =
        out -> {
          throw new IOException("No space left on device");
        };
    assertThatThrownBy(() -> folder.write(Map.of("net.json", tooMuch)))
        .isInstanceOf(ResultException.class);
    assertThat(names(temporary)).isEmpty();
  }

  @Test
  void fileInPlaceOfTheFolderIsNamed() throws IOException {
    Path file = Files.writeString(temporary.resolve("results"), "precious");
    assertThatThrownBy(() -> ResultFolder.open(file))
        .isInstanceOf(ResultInputException.class)
        .hasMessageContaining(file + " is a file, not a folder");
    assertThat(file).hasContent("precious");
  }

  @Test
  void fileAmongTheParentsIsRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "precious");
    assertThatThrownBy(() -> ResultFolder.open(file.resolve("below")))
        .isInstanceOf(ResultInputException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void folderThatCannotBeWrittenIsRefusedWhenOpened() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("locked"));
    assumeTrue(folder.toFile().setWritable(false) && !Files.isWritable(folder), "not as root");
    assertThatThrownBy(() -> ResultFolder.open(folder))
        .isInstanceOf(ResultException.class)
        .hasMessageContaining("no permission");
  }

  @Test
  void systemFolderThatTakesNoFilesIsRefusedWhenOpened() {
    Path folder = Path.of("/proc/self");
    assumeTrue(Files.isDirectory(folder), "Linux only");
    assertThatThrownBy(() -> ResultFolder.open(folder))
        .isInstanceOf(ResultException.class)
        .hasMessageContaining("cannot write results to");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyTheOwnerMayReadWhatIsWritten() throws IOException {
    ResultFolder folder = ResultFolder.open(temporary.resolve("made"));
    folder.write(Map.of("a.csv", out -> out.write("x")));
    folder.write("a.png", new byte[] {1});
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
        .isEqualTo("rwx------");
    for (String name : new String[] {"a.csv", "a.png"}) {
      Path file = folder.path().resolve(name);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }
}
