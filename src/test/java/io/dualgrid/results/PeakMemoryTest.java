package io.dualgrid.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PeakMemoryTest {
  @Test
  void highWaterMarkIsReadFromTheStatus() {
    PeakMemory memory =
        PeakMemory.fromStatus(List.of("VmPeak:\t 9999 kB", "VmHWM:\t  204800 kB", "VmRSS: 1 kB"));
    assertThat(memory).isEqualTo(new PeakMemory(200.0, "resident set"));
  }

  @Test
  void statusWithoutTheMarkIsRefused() {
    assertThatThrownBy(() -> PeakMemory.fromStatus(List.of("VmRSS: 1 kB")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void memoryThatIsTouchedCounts() {
    byte[] block = new byte[64 << 20];
    block[block.length / 2] = 1;
    // an array of 64 MB is on the heap at this moment, whole
    assertThat(PeakMemory.heap().megabytes()).isGreaterThan(64.0);
    assertThat(block[block.length / 2]).isEqualTo((byte) 1);
  }
}
