package io.dualgrid.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.MaskedSolution;
import io.dualgrid.protocol.MaskedTerm;
import io.dualgrid.protocol.Message;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A cloud that hangs, or is slow, is asked less and less, and found again when it is back. */
class AbsentCloudTest {
  private static final int DEADLINE_MILLIS = 20; // what never comes does not come later

  private int asked;
  private boolean there;
  private long now;
  private long nanosForAnAnswer;
  private final CloudClient client =
      new CloudClient(
          bytes -> {
            asked++;
            now += nanosForAnAnswer;
            return there
                ? CompletableFuture.completedFuture(answer(Letter.fromBytes(bytes)))
                : new CompletableFuture<>();
          },
          new SecureRandom(),
          DEADLINE_MILLIS,
          () -> now);

  private static byte[] answer(Letter question) {
    MaskedTerm term = (MaskedTerm) question.message();
    Message said =
        new MaskedSolution(term.mask(), term.number(), true, new double[1], new double[1], 1);
    Envelope envelope = question.envelope();
    return new Letter(new Envelope(said.type(), envelope.run(), 1, 0, 0, envelope.party(), 1), said)
        .toBytes();
  }

  private boolean solve() {
    return client.solve(new MaskedLinearTerm(1, 1, new double[1]), () -> null).isPresent();
  }

  private int askedIn(int solves) {
    int before = asked;
    for (int k = 0; k < solves; k++) {
      solve();
    }
    return asked - before;
  }

  @Test
  void aCloudThatHangsIsAskedLessAndLess() {
    // at 1, 2, then after rests of 1, 2, 4, 8, 16, 32, 64: 4, 7, 12, 21, 38, 71, 136, and every
    // 65th
    assertThat(askedIn(136)).isEqualTo(9);
    assertThat(askedIn(650)).isEqualTo(10);
  }

  /** Each answer is in time and taken, but iterations in which one waits for it are few. */
  @Test
  void aCloudThatIsSlowIsAskedLessAndLess() {
    there = true;
    nanosForAnAnswer = TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS) / 5;
    assertThat(solve()).isTrue();
    assertThat(askedIn(135)).isEqualTo(8);
    nanosForAnAnswer = TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS) / 10;
    assertThat(askedIn(64)).isZero();
    assertThat(askedIn(100)).as("it has become fast").isEqualTo(100);
  }

  @Test
  void oneThatIsBackIsFound() {
    askedIn(136);
    there = true;
    assertThat(askedIn(64)).isZero();
    assertThat(askedIn(100)).isEqualTo(100);
    assertThat(solve()).isTrue();
  }

  @Test
  void oneLostAnswerCostsNoFurtherQuestion() {
    there = true;
    assertThat(solve()).isTrue();
    there = false;
    assertThat(solve()).isFalse();
    there = true;
    assertThat(solve()).isTrue();
  }
}
