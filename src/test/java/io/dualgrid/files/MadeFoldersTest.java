package io.dualgrid.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OneRound
class MadeFoldersTest {
  @TempDir Path temporary;

  @Test
  void unmakesWhatItHasMadeAndNothingElse() throws Exception {
    Files.createDirectory(temporary.resolve("a"));
    MadeFolders made = MadeFolders.make(temporary.resolve("a/b/c"));
    assertThat(temporary.resolve("a/b/c")).isDirectory();
    made.unmake();
    assertThat(temporary.resolve("a")).isEmptyDirectory();
  }

  @Test
  void aFileInTheWayIsNamed() throws Exception {
    Files.writeString(temporary.resolve("file"), "mine");
    assertThatThrownBy(() -> MadeFolders.make(temporary.resolve("file/x")))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("file");
    assertThat(temporary.resolve("file")).hasContent("mine");
  }

  /** Each makes a folder beside the others', and unmakes those above that it was first to make. */
  @Test
  void threadsMayMakeAndUnmakeFoldersBesideEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int k = 0; k < 4; k++) {
        Path mine = temporary.resolve("x/y/" + k);
        all.add(
            threads.submit(
                () -> {
                  for (int turn = 0; turn < 500; turn++) {
                    MadeFolders made = MadeFolders.make(mine);
                    assertThat(mine).isDirectory();
                    made.unmake();
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
