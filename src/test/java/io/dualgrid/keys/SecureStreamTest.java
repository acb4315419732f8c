package io.dualgrid.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecureStreamTest {
  /** Gives keys of zeros and ones in turn, and counts them. */
  private static final class Keys extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private int given;

    @Override
    public void nextBytes(byte[] bytes) {
      java.util.Arrays.fill(bytes, (byte) given++);
    }
  }

  /**
   * AES-256 of a block of zeros under a key of zeros: the hash key of test case 13 of McGrew and
   * Viega, The Galois/Counter Mode of Operation, appendix B, in the order of this machine's bytes.
   */
  @Test
  void isAesInCounterMode() {
    SecureStream stream = new SecureStream(new Keys());
    long first = stream.nextLong();
    assertThat(Set.of(first, Long.reverseBytes(first))).contains(0xdc95c078a2408989L);
  }

  @Test
  void aNewKeyIsTakenAfterDiscardingAndAfterSixteenMegabytes() {
    Keys keys = new Keys();
    SecureStream stream = new SecureStream(keys);
    long first = stream.nextLong();
    stream.discard();
    assertThat(stream.nextLong()).isNotEqualTo(first);
    assertThat(keys.given).isEqualTo(2);
    for (int i = 1; i < 1 << 21; i++) {
      stream.nextLong();
    }
    assertThat(keys.given).isEqualTo(2);
    stream.nextLong();
    assertThat(keys.given).isEqualTo(3);
  }

  @Test
  void nothingIsGivenTwice() {
    SecureStream stream = new SecureStream(new SecureRandom());
    List<Long> drawn = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      drawn.add(stream.nextLong());
      if (i % 700 == 0) {
        stream.discard();
      }
    }
    assertThat(new HashSet<>(drawn)).hasSize(drawn.size());
  }
}
