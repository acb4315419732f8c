package io.dualgrid.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Finish;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.MaskStored;
import io.dualgrid.protocol.MaskedProgram;
import io.dualgrid.protocol.MaskedSolution;
import io.dualgrid.protocol.MaskedTerm;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.ReleaseMask;
import io.dualgrid.protocol.RunId;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.dense.JavaDenseSolverFactory;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CloudServiceTest {
  private final AtomicLong now = new AtomicLong();
  private long sequence;

  private CloudService cloud() {
    return cloud(Long.MAX_VALUE);
  }

  private CloudService cloud(long mostBytes) {
    return cloud(new CloudRoom(mostBytes));
  }

  private CloudService cloud(CloudRoom room) {
    return new CloudService(
        new JavaDenseSolverFactory(),
        new QpSettings(1e-9, 1e-9, 100),
        Runnable::run,
        room,
        now::get);
  }

  /** Minimise ½ y² + c y, −1 ≤ y ≤ 1. */
  private static MaskedProgram program(long mask, int leaseSeconds) {
    double[] one = {1};
    return new MaskedProgram(
        mask, leaseSeconds, 1, one, one, new double[] {-1}, one, new double[1], new double[1]);
  }

  private static MaskedTerm term(long mask, long number) {
    return new MaskedTerm(mask, number, new double[] {-3});
  }

  private Message ask(CloudService cloud, Message question) {
    Envelope envelope = new Envelope(question.type(), new RunId(1, 2), 1, 0, 0, 5, ++sequence);
    Letter answer = Letter.fromBytes(cloud.handle(new Letter(envelope, question).toBytes()).join());
    assertThat(answer.envelope().sequence()).isEqualTo(sequence);
    assertThat(answer.envelope().party()).isEqualTo(5);
    return answer.message();
  }

  @Test
  void solvesByTheNumberOfTheMaskAndForgets() {
    try (CloudService cloud = cloud()) {
      assertThat(ask(cloud, term(17, 1))).isEqualTo(new MaskStored(17, false));
      assertThat(ask(cloud, program(17, 60))).isEqualTo(new MaskStored(17, true));
      MaskedSolution answer = (MaskedSolution) ask(cloud, term(17, 2));
      assertThat(answer.solved()).isTrue();
      assertThat(answer.number()).isEqualTo(2);
      assertThat(answer.y()[0]).isCloseTo(1.0, within(1e-8));
      assertThat(answer.multipliers()[0]).isCloseTo(2.0, within(1e-8));
      assertThat(ask(cloud, new ReleaseMask(17))).isEqualTo(new MaskStored(17, false));
      assertThat(ask(cloud, term(17, 3))).isEqualTo(new MaskStored(17, false));
      assertThat(cloud.held()).isZero();
    }
  }

  /** Each term renews the lease of its mask, and of no other. */
  @Test
  void aMaskThatNobodyAsksAboutIsDropped() {
    try (CloudService cloud = cloud()) {
      ask(cloud, program(1, 60));
      ask(cloud, program(2, 60));
      for (int k = 1; k <= 3; k++) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(40));
        assertThat(ask(cloud, term(1, k))).isInstanceOf(MaskedSolution.class);
      }
      assertThat(cloud.held()).isEqualTo(1);
      assertThat(ask(cloud, term(2, 4))).isEqualTo(new MaskStored(2, false));
      now.addAndGet(TimeUnit.SECONDS.toNanos(61));
      assertThat(cloud.held()).as("without being asked about it").isZero();
      assertThat(ask(cloud, term(1, 5))).isEqualTo(new MaskStored(1, false));
    }
  }

  /** A short lease that came last runs out first, and one that was renewed after its first end. */
  @Test
  void leasesOfDifferentLengthsRunOutInTheirOrder() {
    try (CloudService cloud = cloud()) {
      ask(cloud, program(1, 100));
      ask(cloud, program(2, 10));
      now.addAndGet(TimeUnit.SECONDS.toNanos(5));
      ask(cloud, term(2, 1));
      now.addAndGet(TimeUnit.SECONDS.toNanos(7));
      assertThat(cloud.held()).as("12 s: 2 was renewed at 5").isEqualTo(2);
      ask(cloud, program(3, 2));
      now.addAndGet(TimeUnit.SECONDS.toNanos(3) - 1);
      assertThat(ask(cloud, term(3, 2))).isEqualTo(new MaskStored(3, false));
      assertThat(ask(cloud, term(2, 3))).isInstanceOf(MaskedSolution.class);
      now.addAndGet(TimeUnit.SECONDS.toNanos(11));
      assertThat(cloud.held()).as("26 s").isEqualTo(1);
      now.addAndGet(TimeUnit.SECONDS.toNanos(75));
      assertThat(cloud.held()).as("101 s").isZero();
    }
  }

  /**
   * A program of one variable and one row is two numbers: two of them find room, a third does not.
   */
  @Test
  void whatFindsNoRoomIsRefusedUntilSomethingGoes() {
    try (CloudService cloud = cloud(4 * Double.BYTES)) {
      for (int times = 0; times < 3; times++) {
        ask(cloud, program(1, 60));
        ask(cloud, program(2, 30));
        assertThatThrownBy(() -> ask(cloud, program(3, 60)))
            .hasCauseInstanceOf(ProtocolException.class)
            .hasMessageContaining("no memory left");
        assertThat(ask(cloud, term(1, 1))).isInstanceOf(MaskedSolution.class);
        ask(cloud, new ReleaseMask(1));
        ask(cloud, new ReleaseMask(1));
        ask(cloud, program(3, 60));
        now.addAndGet(TimeUnit.SECONDS.toNanos(31));
        ask(cloud, program(1, 60));
        assertThat(cloud.held()).as("the lease of 2 has run out").isEqualTo(2);
        ask(cloud, new ReleaseMask(1));
        ask(cloud, new ReleaseMask(3));
        assertThat(cloud.held()).isZero();
      }
    }
  }

  /** As the masks of a machine of a cluster, which has a cloud for each. */
  @Test
  void cloudsThatShareARoomFillItTogether() {
    CloudRoom room = new CloudRoom(4 * Double.BYTES);
    try (CloudService first = cloud(room);
        CloudService second = cloud(room);
        CloudService third = cloud(room)) {
      ask(first, program(1, 60));
      ask(second, program(2, 60));
      assertThatThrownBy(() -> ask(third, program(3, 60))).hasMessageContaining("no memory left");
      ask(first, new ReleaseMask(1));
      ask(third, program(3, 60));
    }
  }

  /** What a program took that is none is given back. */
  @Test
  void aProgramThatIsNoneTakesNoRoom() {
    double[] one = {1};
    double[] nan = {Double.NaN};
    MaskedProgram none = new MaskedProgram(1, 60, 1, one, one, nan, one, one, one);
    try (CloudService cloud = cloud(2 * Double.BYTES)) {
      for (int times = 0; times < 3; times++) {
        assertThatThrownBy(() -> ask(cloud, none))
            .hasCauseInstanceOf(ProtocolException.class)
            .hasMessageContaining("a masked program that is none")
            .hasMessageNotContaining("NaN");
      }
      assertThat(ask(cloud, program(1, 60))).isEqualTo(new MaskStored(1, true));
    }
  }

  @Test
  void refusesWhatIsNoQuestion() {
    try (CloudService cloud = cloud()) {
      ask(cloud, program(1, 60));
      assertThatThrownBy(() -> ask(cloud, new Finish()))
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(ProtocolException.class)
          .hasMessageContaining("nothing to ask a cloud");
      assertThatThrownBy(() -> ask(cloud, new MaskedTerm(1, 1, new double[2])))
          .hasCauseInstanceOf(ProtocolException.class);
      assertThat(cloud.handle(new byte[7])).isCompletedExceptionally();
      assertThat(ask(cloud, term(1, 2))).isInstanceOf(MaskedSolution.class);
    }
  }
}
