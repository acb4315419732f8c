package io.dualgrid.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.fuzz.Mutations;
import java.util.List;
import org.junit.jupiter.api.Test;

@OneRound
class CheckpointFuzzTest {
  /** A holder of the key wrote it, another version maybe: read, or refused by the file's name. */
  @Test
  void anyContentIsReadOrRefused() {
    List<byte[]> samples =
        List.of(
            CheckpointCodec.encode(SampleCheckpoints.checkpoint(1)),
            CheckpointCodec.encode(SampleCheckpoints.checkpoint(3)));
    Mutations.each(
        20_000,
        samples,
        bytes -> {
          try {
            assertThat(CheckpointCodec.decode(bytes, "night.ckpt").state()).isNotNull();
          } catch (CheckpointException e) {
            assertThat(e).hasMessageContaining("night.ckpt");
          }
        });
  }
}
