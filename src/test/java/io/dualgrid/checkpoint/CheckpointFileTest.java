package io.dualgrid.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.OneRound;
import io.dualgrid.files.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OneRound
class CheckpointFileTest {
  @TempDir Path folder;
  private Path path;
  private Path keyPath;

  @BeforeEach
  void name() {
    path = folder.resolve("night.ckpt");
    keyPath = folder.resolve("night.ckpt.key");
  }

  private CheckpointFile written(int iterations) {
    CheckpointFile file = CheckpointFile.create(path, null);
    file.write(SampleCheckpoints.checkpoint(iterations));
    return file;
  }

  private Checkpoint read() {
    return CheckpointFile.open(path, null).read();
  }

  @Test
  void whatIsWrittenIsReadBack() {
    written(4);
    Checkpoint expected = SampleCheckpoints.checkpoint(4);
    Checkpoint actual = read();
    assertThat(actual.order()).isEqualTo(expected.order());
    assertThat(actual.state().history()).isEqualTo(expected.state().history());
    assertThat(actual.state().notices()).isEqualTo(expected.state().notices());
    assertThat(actual.state().values().keySet())
        .containsExactlyElementsOf(expected.state().values().keySet());
    actual
        .state()
        .values()
        .forEach(
            (name, values) -> assertThat(values).isEqualTo(expected.state().values().get(name)));
  }

  @Test
  void theLatestOneCountsAndNothingElseIsLeft() throws IOException {
    CheckpointFile file = written(1);
    file.write(SampleCheckpoints.checkpoint(2));
    assertThat(read().state().iterations()).isEqualTo(2);
    assertThat(names()).containsExactly("night.ckpt", "night.ckpt.key");
    file.delete();
    assertThat(names()).isEmpty();
  }

  @Test
  void everyByteCounts() throws IOException {
    written(2);
    byte[] whole = Files.readAllBytes(path);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) (1 << i % 8);
      Files.write(path, changed);
      assertThatThrownBy(this::read)
          .as("byte %s", i)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("night.ckpt")
          .hasMessageContaining(sentence(i));
    }
  }

  /** What the reader is told, by the region that was changed. */
  private static String sentence(int offset) {
    if (offset < 8) {
      return "is not a checkpoint of dualgrid";
    }
    if (offset < 12) {
      return "resume it with the version that wrote it";
    }
    if (offset < 20) {
      return "another key";
    }
    return offset >= 32 && offset < 36 ? "not whole" : "changed or damaged";
  }

  @Test
  void everyTruncationAndAnyAdditionIsRefused() throws IOException {
    written(2);
    byte[] whole = Files.readAllBytes(path);
    for (int length = 0; length < whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertThatThrownBy(this::read)
          .as("length %s", length)
          .isInstanceOf(CheckpointException.class);
    }
    Files.write(path, Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(this::read).hasMessageContaining("not whole");
    // shorter than a tag, with a length that says so
    ByteBuffer few = ByteBuffer.wrap(Arrays.copyOf(whole, 40));
    few.putInt(32, 4);
    Files.write(path, few.array());
    assertThatThrownBy(this::read).isInstanceOf(CheckpointException.class);
  }

  @Test
  void partsOfTwoCheckpointsDoNotMakeOne() throws IOException {
    CheckpointFile file = written(2);
    byte[] first = Files.readAllBytes(path);
    file.write(SampleCheckpoints.checkpoint(2));
    byte[] second = Files.readAllBytes(path);
    assertThat(Arrays.copyOfRange(second, 20, 32)).isNotEqualTo(Arrays.copyOfRange(first, 20, 32));
    System.arraycopy(first, 0, second, 0, CheckpointSeal.HEADER_LENGTH);
    Files.write(path, second);
    assertThatThrownBy(this::read).hasMessageContaining("changed or damaged");
  }

  @Test
  void nothingOfTheRunIsInTheClear() throws IOException {
    written(2);
    byte[] file = Files.readAllBytes(path);
    byte[] value = ByteBuffer.allocate(8).putDouble(SampleCheckpoints.PRIVATE_VALUE).array();
    assertThat(indexOf(file, value)).isNegative();
    for (String text : new String[] {"6-bus", "node1", "abab", "privacy", "results"}) {
      assertThat(indexOf(file, text.getBytes(StandardCharsets.UTF_8))).as(text).isNegative();
    }
    // the same search does find them in what was encrypted
    byte[] content = CheckpointCodec.encode(SampleCheckpoints.checkpoint(2));
    assertThat(indexOf(content, value)).isPositive();
    assertThat(indexOf(content, "node1".getBytes(StandardCharsets.UTF_8))).isPositive();
  }

  @Test
  void anotherKeyIsRefusedAndTheRightOneMayLieElsewhere() throws IOException {
    written(1);
    Path elsewhere = folder.resolve("elsewhere.key");
    Files.move(keyPath, elsewhere);
    assertThatThrownBy(this::read)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("--checkpoint-key");
    CheckpointKey.readOrCreate(keyPath);
    assertThatThrownBy(this::read).hasMessageContaining("another key");
    CheckpointFile file = CheckpointFile.open(path, elsewhere);
    assertThat(file.read().state().iterations()).isEqualTo(1);
    file.delete();
    assertThat(elsewhere).as("a key in a place of its own stays").exists();
  }

  @Test
  void aKeyThatIsNoneIsRefused() throws IOException {
    written(1);
    Files.writeString(keyPath, "abc\n");
    assertThatThrownBy(this::read).hasMessageContaining("64 hexadecimal digits");
  }

  @Test
  void onlyTheOwnerMayReadFileAndKey() throws IOException {
    assumeTrue(OwnerOnly.POSIX, "permissions of POSIX");
    written(1);
    for (Path file : new Path[] {path, keyPath}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    Files.setPosixFilePermissions(keyPath, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(this::read).hasMessageContaining("chmod 600");
  }

  @Test
  void aCheckpointThatIsThereIsNotOverwrittenByANewRun() {
    written(3);
    assertThatThrownBy(() -> CheckpointFile.create(path, null))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("dualgrid resume");
    assertThat(read().state().iterations()).isEqualTo(3);
  }

  @Test
  void aWriteThatFailsLeavesTheLastOne() throws IOException {
    CheckpointFile file = written(1);
    Path away = folder.resolveSibling(folder.getFileName() + "-away");
    Files.move(folder, away);
    assertThatThrownBy(() -> file.write(SampleCheckpoints.checkpoint(2)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("cannot write the checkpoint");
    Files.move(away, folder);
    assertThat(read().state().iterations()).isEqualTo(1);
    file.write(SampleCheckpoints.checkpoint(3));
    assertThat(read().state().iterations()).isEqualTo(3);
  }

  @Test
  void whatAKilledWriteLeftIsTidiedUpAndNothingElse() throws IOException {
    written(1);
    Files.writeString(
        folder.resolve(".night.ckpt.00000000-0000-0000-0000-000000000000.tmp"), "half");
    Files.writeString(folder.resolve(".night.ckpt.mine.tmp"), "mine");
    CheckpointFile.open(path, null);
    assertThat(names()).containsExactly(".night.ckpt.mine.tmp", "night.ckpt", "night.ckpt.key");
  }

  @Test
  void contentOfAnotherFormIsRefused() throws IOException {
    written(1);
    CheckpointKey key = CheckpointKey.read(keyPath);
    byte[] content = CheckpointCodec.encode(SampleCheckpoints.checkpoint(1));
    byte[][] others = {
      {},
      {0, 0, 0, 9},
      {-1, -1, -1, -1},
      {0, 0, 0, 2, '{', '}'},
      Arrays.copyOf(content, content.length - 1),
      Arrays.copyOf(content, content.length + 8)
    };
    for (byte[] other : others) {
      Files.write(path, CheckpointSeal.seal(other, key));
      assertThatThrownBy(this::read)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("another version");
    }
  }

  @Test
  void theKeyIsNotPrinted() throws IOException {
    written(1);
    CheckpointKey key = CheckpointKey.read(keyPath);
    assertThat(key.toString()).isEqualTo("CheckpointKey");
    assertThat(SampleCheckpoints.checkpoint(1).toString())
        .doesNotContain(String.valueOf(SampleCheckpoints.PRIVATE_VALUE));
  }

  private static int indexOf(byte[] whole, byte[] part) {
    for (int i = 0; i + part.length <= whole.length; i++) {
      if (Arrays.equals(whole, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }

  private Iterable<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
