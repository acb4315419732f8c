package io.dualgrid.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeBufferTest {
  private static final int BYTES = 4096;

  @Test
  void manyBuffersUseAFewBlocks() {
    List<NativeBuffer> buffers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      NativeBuffer buffer = new NativeBuffer("the test");
      buffer.call(0, BYTES, memory -> memory);
      buffers.add(buffer);
    }

    assertThat(NativeBuffer.idle()[0])
        .isBetween(1L, 2L * Runtime.getRuntime().availableProcessors());
    buffers.forEach(NativeBuffer::close);
  }

  @Test
  void whoeverHasTheBlockNextFindsNoSecretOfTheLast() {
    byte[] secret = new byte[BYTES];
    Arrays.fill(secret, (byte) 7);
    try (NativeBuffer one = new NativeBuffer("one");
        NativeBuffer other = new NativeBuffer("other")) {
      Pointer[] lent = new Pointer[2];
      assertThatThrownBy(
              () ->
                  one.call(
                      BYTES,
                      0,
                      memory -> {
                        lent[0] = memory;
                        memory.write(0, secret, 0, BYTES);
                        throw new IllegalStateException("failed");
                      }))
          .hasMessage("failed");
      byte[] found =
          other.call(
              0,
              BYTES,
              memory -> {
                lent[1] = memory;
                return memory.getByteArray(0, BYTES);
              });

      assertThat(lent[1]).isEqualTo(lent[0]);
      assertThat(found).containsOnly(0);
    }
  }

  @Test
  void callsWithinCallsHaveBlocksOfTheirOwn() {
    try (NativeBuffer outer = new NativeBuffer("outer");
        NativeBuffer inner = new NativeBuffer("inner")) {
      outer.call(
          0,
          BYTES,
          first -> {
            first.setByte(0, (byte) 1);
            inner.call(
                BYTES,
                0,
                second -> {
                  second.setByte(0, (byte) 2);
                  return second;
                });
            assertThat(first.getByte(0)).isEqualTo((byte) 1);
            return first;
          });
    }
  }

  @Test
  void aCallTooLargeForABlockGetsItsOwnWhichIsNotKept() {
    long bytes = 8L << 20;
    try (NativeBuffer buffer = new NativeBuffer("large")) {
      byte last =
          buffer.call(
              0,
              bytes,
              memory -> {
                memory.setByte(bytes - 1, (byte) 3);
                return memory.getByte(bytes - 1);
              });

      assertThat(last).isEqualTo((byte) 3);
      assertThat(NativeBuffer.idle()[1]).isLessThan(bytes);
    }
  }

  @Test
  void aClosedBufferLetsNobodyIn() {
    NativeBuffer buffer = new NativeBuffer("the test");
    buffer.close();

    assertThatThrownBy(() -> buffer.call(0, BYTES, memory -> memory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
