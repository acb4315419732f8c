package io.dualgrid.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileExchangeTest {
  private static final List<String> MEMBERS = List.of("a", "b", "c");

  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("x/y/results");
  }

  private static void write(Path folder, String... names) throws IOException {
    for (String name : names) {
      Files.writeString(folder.resolve(name), "new " + name);
    }
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        String text = Files.isDirectory(entry) ? "folder" : Files.readString(entry);
        contents.put(entry.getFileName().toString(), text);
      }
    }
    return contents;
  }

  @Test
  void aNewFolderComesWithAllOfItsFiles() throws IOException {
    FileExchange.exchange(
        folder(),
        MEMBERS,
        staged -> {
          write(staged, "a", "b");
          assertThat(folder()).doesNotExist();
        });
    assertThat(contents(folder())).containsOnly(Map.entry("a", "new a"), Map.entry("b", "new b"));
    assertThat(contents(folder().getParent())).containsOnlyKeys("results");
  }

  @Test
  void aNewFolderThatCannotBeFilledIsNotThere() {
    assertThatThrownBy(
            () ->
                FileExchange.exchange(
                    folder(),
                    MEMBERS,
                    staged -> {
                      write(staged, "a");
                      throw new IOException("full");
                    }))
        .hasMessage("full");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void oldMembersGoAndOtherFilesStay() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("a"), "old a");
    Files.writeString(folder().resolve("c"), "old c");
    Files.writeString(folder().resolve("own"), "own");
    FileExchange.exchange(folder(), MEMBERS, staged -> write(staged, "a", "b"));
    assertThat(contents(folder()))
        .containsOnly(Map.entry("a", "new a"), Map.entry("b", "new b"), Map.entry("own", "own"));
  }

  @Test
  void oldFilesStayAsTheyWereWhereNewOnesCannotBeMade() throws IOException {
    Files.createDirectories(folder());
    write(folder(), "a", "c", "own");
    Map<String, String> before = contents(folder());
    assertThatThrownBy(
            () ->
                FileExchange.exchange(
                    folder(),
                    MEMBERS,
                    staged -> {
                      Files.writeString(staged.resolve("a"), "half");
                      throw new IOException("full");
                    }))
        .hasMessage("full");
    assertThat(contents(folder())).isEqualTo(before);
  }

  @Test
  void movesAreTakenBackWhereOneFails() throws IOException {
    Files.createDirectories(folder());
    write(folder(), "a", "b", "c");
    Map<String, String> before = contents(folder());
    assertThatThrownBy(
            () ->
                FileExchange.exchange(
                    folder(),
                    MEMBERS,
                    staged -> {
                      write(staged, "a", "b");
                      // in the way of the last move only: a folder that is not empty
                      Files.createDirectories(staged.resolve("z"));
                      Files.writeString(staged.resolve("z/file"), "");
                      Files.createDirectories(folder().resolve("z/in the way"));
                      // where the old z would go there is one that cannot be replaced, either
                      for (Path aside : asides(folder())) {
                        Files.createDirectories(aside.resolve("z/in the way, too"));
                      }
                    }))
        .isInstanceOf(IOException.class);
    Map<String, String> after = contents(folder());
    after.remove("z");
    after.keySet().removeIf(name -> name.endsWith(AtomicFiles.SUFFIX));
    assertThat(after).isEqualTo(before);
  }

  private static List<Path> asides(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(".old.")).toList();
    }
  }

  @Test
  void foldersThatWereMadeAreUnmadeWhileTheyAreEmpty() throws IOException {
    Path deep = temporary.resolve("p/q/r");
    MadeFolders.make(deep).unmake();
    assertThat(temporary).isEmptyDirectory();
    MadeFolders made = MadeFolders.make(deep);
    Files.writeString(temporary.resolve("p/file"), "");
    made.unmake();
    assertThat(temporary.resolve("p/file")).exists();
    assertThat(temporary.resolve("p/q")).doesNotExist();
    Files.createDirectories(deep);
    MadeFolders.make(deep).unmake();
    assertThat(deep).exists();
    Files.writeString(temporary.resolve("f"), "");
    assertThatThrownBy(() -> MadeFolders.make(temporary.resolve("f/g")))
        .isInstanceOf(IOException.class);
  }

  private static final String ID = ".01234567-89ab-cdef-0123-456789abcdef.tmp";

  private Path aside(String purpose, String text, String... names) throws IOException {
    Path aside = Files.createDirectories(folder().resolve("." + purpose + ID));
    for (String name : names) {
      Files.writeString(aside.resolve(name), text + " " + name);
    }
    return aside;
  }

  @Test
  void killedWhileOldFilesMoveTheOldOnesComeBack() throws IOException {
    aside("new", "new", "a", "b");
    aside("old", "old", "a"); // c was next
    Files.writeString(folder().resolve("c"), "old c");
    FileExchange.recover(folder());
    assertThat(contents(folder())).containsOnly(Map.entry("a", "old a"), Map.entry("c", "old c"));
  }

  @Test
  void killedWhileNewFilesMoveTheNewOnesAreCompleted() throws IOException {
    write(Files.createDirectories(folder()), "a");
    aside("due", "new", "b");
    aside("old", "old", "a", "c");
    FileExchange.recover(folder());
    assertThat(contents(folder())).containsOnly(Map.entry("a", "new a"), Map.entry("b", "new b"));
  }

  @Test
  void killedAtTheEndTheNewOnesStay() throws IOException {
    write(Files.createDirectories(folder()), "a", "b");
    aside("old", "old", "a", "c");
    FileExchange.recover(folder());
    assertThat(contents(folder())).containsOnly(Map.entry("a", "new a"), Map.entry("b", "new b"));
  }

  @Test
  void killedBeforeANewFolderHasItsNameNothingIsLeft() throws IOException {
    Path parent = Files.createDirectories(folder().getParent());
    Files.createDirectory(parent.resolve(".results" + ID));
    Files.writeString(parent.resolve(".results" + ID).resolve("a"), "half");
    Files.createDirectory(parent.resolve(".results.mine.tmp"));
    FileExchange.recover(folder());
    assertThat(contents(parent)).containsOnlyKeys(".results.mine.tmp");
  }
}
