package io.dualgrid.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dualgrid.OneRound;
import io.dualgrid.files.OwnerOnly;
import io.dualgrid.protocol.MessageTap.Way;
import io.dualgrid.recording.RecordingEntry.Kind;
import io.dualgrid.run.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OneRound
class RecordingTest {
  private static final RecordingHeader HEADER =
      RecordingHeader.ofSite(3, "6-bus", "0f", RunSettings.defaults());

  @TempDir private Path temporary;

  private Path folder() {
    return temporary.resolve("seen");
  }

  private Recorder begin(List<String> news) {
    return RecordingFolder.at(folder(), news::add).begin(HEADER);
  }

  private byte[] written() throws IOException {
    try (Recorder recorder = begin(new ArrayList<>())) {
      recorder.tap().pass(Way.TO_OPERATOR, 5, new byte[] {1, 2, 3});
      recorder.tap().pass(Way.FROM_CLOUD, RecordingEntry.UNKNOWN, new byte[0]);
      recorder.solution(7, new double[] {0.5, -1e300});
      recorder.ownMask(Long.MIN_VALUE);
    }
    return Files.readAllBytes(folder().resolve("site-3-1.rec"));
  }

  @Test
  void whatIsTakenDownIsReadAgain() throws IOException {
    written();
    List<RecordingEntry> entries = new ArrayList<>();
    Recording recording = Recording.in(temporary).get(0);

    assertThat(recording.forEach(entries::add)).as("whole").isTrue();
    assertThat(recording.header()).isEqualTo(HEADER);
    assertThat(recording.header().node()).isEqualTo(3);
    assertThat(entries)
        .extracting(RecordingEntry::kind)
        .containsExactly(Kind.TO_OPERATOR, Kind.FROM_CLOUD, Kind.SOLUTION, Kind.OWN_MASK);
    assertThat(entries).extracting(RecordingEntry::number).containsExactly(5, -1, 7, 0);
    assertThat(entries.get(0).bytes()).containsExactly(1, 2, 3);
    // 0.5 in IEEE 754
    assertThat(entries.get(2).bytes()).startsWith(0x3f, 0xe0, 0, 0, 0, 0, 0, 0).hasSize(16);
    assertThat(entries.get(3).bytes()).containsExactly(0x80, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void onlyItsOwnerReadsIt() throws IOException {
    assumeThat(OwnerOnly.POSIX).isTrue();
    written();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder().resolve("site-3-1.rec"))))
        .isEqualTo("rw-------");
  }

  @Test
  void itIsToldAloudAndReplacesNothing() throws IOException {
    byte[] first = written();
    List<String> news = new ArrayList<>();
    begin(news).close();

    assertThat(Files.readAllBytes(folder().resolve("site-3-1.rec"))).isEqualTo(first);
    assertThat(news).hasSize(1);
    assertThat(news.get(0)).startsWith("RECORDING").contains("site-3-2.rec", "private values");
  }

  /** Where a process was killed, and where a disk has lost bytes. */
  @Test
  void whereverItIsCutOffItIsNotWhole() throws IOException {
    byte[] all = written();
    Path file = folder().resolve("site-3-1.rec");
    for (int length = 0; length < all.length; length++) {
      Files.write(file, Arrays.copyOf(all, length));
      boolean whole;
      try {
        whole = Recording.in(folder()).get(0).forEach(entry -> {});
      } catch (RecordingException e) {
        assertThat(e).hasMessageContaining("site-3-1.rec");
        whole = false;
      }
      assertThat(whole).as("%d of %d bytes", length, all.length).isFalse();
    }
  }

  /** Any byte changed: it is read as something, or refused by the file's name. */
  @Test
  void aChangedByteIsNoOtherFailure() throws IOException {
    byte[] all = written();
    Path file = folder().resolve("site-3-1.rec");
    for (int k = 0; k < all.length; k++) {
      byte[] changed = all.clone();
      changed[k] ^= (byte) 0x81;
      Files.write(file, changed);
      try {
        Recording.in(folder()).get(0).forEach(entry -> {});
      } catch (RecordingException e) {
        assertThat(e).as("byte %d", k).hasMessageContaining("site-3-1.rec");
      }
    }
  }

  @Test
  void aFileOrNothingIsNoFolderOfRecordings() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "text");

    assertThatThrownBy(() -> RecordingFolder.at(file, text -> {}))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> Recording.in(temporary))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("--record");
    assertThatThrownBy(() -> Recording.in(temporary.resolve("nowhere")))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("nowhere");
  }
}
