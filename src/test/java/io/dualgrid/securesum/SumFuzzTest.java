package io.dualgrid.securesum;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.fuzz.Mutations;
import java.util.List;
import org.junit.jupiter.api.Test;

@OneRound
class SumFuzzTest {
  private static final long[] WORDS = {1, -2, Long.MIN_VALUE, Long.MAX_VALUE, 0, 7};
  private static final FixedPoint SCALE = new FixedPoint(1 << 20, 10);

  /** What is taken for a contribution has no other bytes; a sum of such is taken or refused. */
  @Test
  void anyBytesOfAContributionAreReadOrRefused() {
    SecureSumContribution honest = new SecureSumContribution(0, 3, WORDS);
    SecureSumAggregator operator = new SecureSumAggregator(2);
    Mutations.each(
        100_000,
        List.of(new SecureSumContribution(1, 3, WORDS).toBytes()),
        bytes -> {
          try {
            SecureSumContribution read = SecureSumContribution.fromBytes(bytes);
            assertThat(read.toBytes()).isEqualTo(bytes);
            assertThat(operator.sum(3, List.of(honest, read), SCALE))
                .doesNotContain(Double.NaN)
                .hasSize(read.valueCount());
          } catch (SecureSumException e) {
            assertThat(e.getMessage()).isNotBlank();
          }
        });
  }

  @Test
  void anyBytesOfATotalAreReadOrRefused() {
    Mutations.each(
        100_000,
        List.of(new SecureSumTotal(3, WORDS).toBytes()),
        bytes -> {
          try {
            assertThat(SecureSumTotal.fromBytes(bytes).toBytes()).isEqualTo(bytes);
          } catch (SecureSumException e) {
            assertThat(e.getMessage()).contains("no total of a secure sum");
          }
        });
  }
}
