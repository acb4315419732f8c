package io.dualgrid.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  private static byte[] hash(int epoch, byte[]... messages) {
    Transcript transcript = new Transcript(new byte[16], epoch);
    for (byte[] message : messages) {
      transcript.absorb(message);
    }
    return transcript.hash();
  }

  @Test
  void theSameMessagesInTheSameOrderGiveTheSameHash() {
    assertThat(hash(1, new byte[] {1}, new byte[] {2, 3}))
        .hasSize(32)
        .isEqualTo(hash(1, new byte[] {1}, new byte[] {2, 3}));
  }

  @Test
  void anyOtherCourseGivesAnother() {
    List<byte[]> hashes = new ArrayList<>();
    hashes.add(hash(1));
    hashes.add(hash(2));
    hashes.add(hash(1, new byte[0]));
    hashes.add(hash(1, new byte[] {1, 2}));
    hashes.add(hash(1, new byte[] {2, 1}));
    hashes.add(hash(1, new byte[] {1}, new byte[] {2}));
    hashes.add(hash(1, new byte[] {2}, new byte[] {1}));
    hashes.add(hash(1, new byte[] {1}, new byte[] {2}, new byte[0]));
    assertThat(hashes.stream().map(java.util.HexFormat.of()::formatHex)).doesNotHaveDuplicates();
  }
}
