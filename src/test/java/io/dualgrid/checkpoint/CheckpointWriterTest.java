package io.dualgrid.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointWriterTest {
  @TempDir Path folder;
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  private long nanos;

  /** Runs iterations of ten seconds each; gives those that were kept. */
  private List<Integer> kept(String interval, int iterations) throws InterruptedException {
    List<Integer> kept = new ArrayList<>();
    CheckpointFile file = CheckpointFile.create(folder.resolve("c"), null);
    Checkpoint.Order order = SampleCheckpoints.order(CheckpointInterval.parse(interval));
    try (CheckpointWriter writer = new CheckpointWriter(file, order, warnings::add, () -> nanos)) {
      for (int k = 1; k <= iterations; k++) {
        nanos += 10_000_000_000L;
        RunState state = SampleCheckpoints.state(k);
        if (writer.due(state.history().get(k - 1))) {
          kept.add(k);
          writer.keep(state);
          writer.await();
        }
      }
    }
    return kept;
  }

  @Test
  void theFirstIterationIsKeptAndThenOneInEachInterval() throws InterruptedException {
    assertThat(kept("30s", 10)).containsExactly(1, 4, 7, 10);
    assertThat(CheckpointFile.open(folder.resolve("c"), null).read().state().iterations())
        .isEqualTo(10);
    assertThat(warnings).isEmpty();
  }

  @Test
  void iterationsMayBeCountedInsteadOfSeconds() throws InterruptedException {
    assertThat(kept("4it", 10)).containsExactly(1, 5, 9);
  }

  @Test
  void aDiskThatTakesNothingIsToldAndTheLastOneStays() throws Exception {
    CheckpointFile file = CheckpointFile.create(folder.resolve("c"), null);
    Path away = folder.resolveSibling(folder.getFileName() + "-away");
    try (CheckpointWriter writer =
        new CheckpointWriter(
            file, SampleCheckpoints.order(CheckpointInterval.DEFAULT), warnings::add)) {
      writer.keep(SampleCheckpoints.state(1));
      writer.await();
      move(folder, away);
      writer.keep(SampleCheckpoints.state(2));
      writer.await();
      move(away, folder);
      assertThat(file.read().state().iterations()).isEqualTo(1);
      writer.keep(SampleCheckpoints.state(3));
    }
    assertThat(file.read().state().iterations()).isEqualTo(3);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("cannot write the checkpoint", "the one of iteration 1 stays");
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to);
  }

  @ParameterizedTest
  @CsvSource({"30s, 30, 0", "5min, 300, 0", "20it, 0, 20"})
  void intervalsAreReadAndPrinted(String text, long seconds, int iterations) {
    CheckpointInterval interval = CheckpointInterval.parse(text);
    assertThat(interval).isEqualTo(new CheckpointInterval(seconds, iterations));
    assertThat(CheckpointInterval.parse(interval.toString())).isEqualTo(interval);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "0s", "0it", "-1s", "1h", "1.5s", "9999999s", "s"})
  void anythingElseIsNoInterval(String text) {
    assertThatThrownBy(() -> CheckpointInterval.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30s");
  }
}
