package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.fuzz.Mutations;
import io.dualgrid.network.wire.Chunks;
import io.dualgrid.network.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 131_071, 131_072, 131_073, 400_000})
  void whatIsCutIsPutTogether(int length) {
    byte[] message = new byte[length];
    new Random(length).nextBytes(message);
    List<byte[]> chunks = new ArrayList<>();
    Chunks.cut(message).forEachRemaining(chunks::add);
    Chunks together = new Chunks(length);
    for (byte[] chunk : chunks.subList(0, chunks.size() - 1)) {
      assertThat(chunk.length).isLessThanOrEqualTo(131_073);
      assertThat(together.accept(chunk)).isEmpty();
    }
    Optional<byte[]> whole = together.accept(chunks.get(chunks.size() - 1));
    assertThat(whole).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(message));
  }

  @Test
  void whatIsNoChunkIsRefused() {
    Chunks chunks = new Chunks(10);
    assertThatThrownBy(() -> chunks.accept(new byte[0])).isInstanceOf(WireException.class);
    assertThatThrownBy(() -> chunks.accept(new byte[] {2, 0})).isInstanceOf(WireException.class);
    assertThatThrownBy(() -> chunks.accept(new byte[200_000])).isInstanceOf(WireException.class);
  }

  /** However it is cut, nobody fills another's memory. */
  @Test
  void aMessageThatGrowsBeyondItsLimitIsRefused() {
    Chunks chunks = new Chunks(10);
    chunks.accept(new byte[10]);
    assertThatThrownBy(() -> chunks.accept(new byte[3]))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("more than 10 bytes");
  }

  /** A peer that sends any chunks, of a run of messages cut before: none is longer than allowed. */
  @Test
  void anyChunksArePutTogetherOrRefused() {
    byte[] chunk = new byte[300];
    chunk[0] = 1;
    Chunks[] stream = {new Chunks(500)};
    Mutations.each(
        20_000,
        List.of(chunk, new byte[300], new byte[1]),
        bytes -> {
          try {
            stream[0]
                .accept(bytes)
                .ifPresent(message -> assertThat(message).hasSizeLessThanOrEqualTo(500));
          } catch (WireException e) {
            stream[0] = new Chunks(500); // the link ends
          }
        });
  }
}
