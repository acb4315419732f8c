package io.dualgrid.ckks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Sums of messages. */
final class EvaluatorOnBytes {
  private EvaluatorOnBytes() {}

  /** Formed in the middle of an array, of which nothing else is written. */
  static byte[] sum(Evaluator evaluator, ByteBuffer first, ByteBuffer second) {
    int length = first.remaining();
    byte[] around = new byte[length + 16];
    evaluator.sumOfBytes(first, second, ByteBuffer.wrap(around, 8, length));
    assertThat(Arrays.copyOf(around, 8)).containsOnly(0);
    assertThat(Arrays.copyOfRange(around, length + 8, length + 16)).containsOnly(0);
    return Arrays.copyOfRange(around, 8, length + 8);
  }
}
