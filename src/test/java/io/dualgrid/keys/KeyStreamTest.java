package io.dualgrid.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeyStreamTest {
  private static List<Optional<KeyAccelerator>> ways() {
    List<Optional<KeyAccelerator>> ways = new ArrayList<>(List.of(Optional.empty()));
    KeyAccelerator.available().map(Optional::of).ifPresent(ways::add);
    return ways;
  }

  /**
   * AES-256 of the counters 0, 1 and 2 under a key of zeros: the hash key, the tag of test case 13
   * and the ciphertext of test case 14 of McGrew and Viega, The Galois/Counter Mode of Operation,
   * appendix B.
   */
  @Test
  void isAesInCounterModeFromCounterZero() {
    for (Optional<KeyAccelerator> way : ways()) {
      try (KeyStream stream = new KeyStream(new byte[32], 6, way)) {
        assertThat(LongStream.generate(stream::next).limit(6).map(Long::reverseBytes).toArray())
            .containsExactly(
                0xdc95c078a2408989L,
                0xad48a21492842087L,
                0x530f8afbc74536b9L,
                0xa963b4f1c4cb738bL,
                0xcea7403d4d606b6eL,
                0x074ec5d3baf39d18L);
      }
    }
  }

  @Test
  void goesOnBeyondWhatWasExpected() {
    byte[] key = {
      9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4
    };
    try (KeyStream whole = new KeyStream(key, 1000, Optional.empty())) {
      long[] expected = LongStream.generate(whole::next).limit(1000).toArray();
      for (Optional<KeyAccelerator> way : ways()) {
        try (KeyStream few = new KeyStream(key, 1, way)) {
          assertThat(LongStream.generate(few::next).limit(1000).toArray()).isEqualTo(expected);
        }
      }
    }
  }
}
