package io.dualgrid.network.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The soft deadline, by a clock of the test's own. */
class PaceTest {
  private long now;
  private final Pace pace = new Pace(() -> now);

  private void phases(int count, long millis) {
    for (int k = 0; k < count; k++) {
      pace.next();
      now += TimeUnit.MILLISECONDS.toNanos(millis);
    }
    pace.next();
  }

  private boolean isSlowAfter(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    return pace.turnsSlow();
  }

  @Test
  void threeTimesTheMedianIsSlow() {
    phases(9, 1_000);
    phases(1, 60_000); // one that hangs does not move the median
    assertThat(isSlowAfter(2_900)).isFalse();
    assertThat(isSlowAfter(200)).isTrue();
  }

  @Test
  void saysSoOnceInAPhase() {
    phases(8, 1_000);
    assertThat(isSlowAfter(3_100)).isTrue();
    assertThat(isSlowAfter(3_100)).isFalse();
    pace.next();
    assertThat(isSlowAfter(3_100)).isTrue();
  }

  /** Keys are made in the first phases, and nobody knows yet what is usual. */
  @Test
  void nobodyIsSlowBeforeAPaceIsKnown() {
    phases(7, 1_000);
    assertThat(isSlowAfter(100_000)).isFalse();
  }

  /** Among phases of a millisecond a pause of the machine is nothing to talk of. */
  @Test
  void lessThanASecondIsNeverSlow() {
    phases(20, 1);
    assertThat(isSlowAfter(900)).isFalse();
    assertThat(isSlowAfter(200)).isTrue();
  }
}
