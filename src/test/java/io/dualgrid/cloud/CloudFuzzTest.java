package io.dualgrid.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.fuzz.Mutations;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.MaskedProgram;
import io.dualgrid.protocol.MaskedSolution;
import io.dualgrid.protocol.MaskedTerm;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.ReleaseMask;
import io.dualgrid.protocol.RunId;
import io.dualgrid.run.PartySetup;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunSettings;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A site that writes anything to a cloud: it harms neither the cloud nor another site. */
class CloudFuzzTest {
  /** Longer than anybody fuzzes. */
  private static final int LEASE_SECONDS = 30 * 24 * 3600;

  private static final double[] LOOSE = {Double.NEGATIVE_INFINITY, -1, -2};

  /** Minimise ½ |y|² + cᵀy over a box, with a row that couples both. */
  private static MaskedProgram program(long mask) {
    return new MaskedProgram(
        mask,
        LEASE_SECONDS,
        2,
        new double[] {1, 0, 0, 1},
        new double[] {1, 0, 0, 1, 1, 1},
        LOOSE,
        new double[] {1, Double.POSITIVE_INFINITY, 2},
        new double[2],
        new double[3]);
  }

  private static byte[] bytes(Message message) {
    return new Letter(new Envelope(message.type(), new RunId(1, 2), 1, 0, 0, 5, 1), message)
        .toBytes();
  }

  @Test
  void anyQuestionIsAnsweredOrRefused() {
    byte[] term = bytes(new MaskedTerm(17, 1, new double[] {-3, 0.5}));
    byte[] honest = bytes(new MaskedTerm(99, 1, new double[] {-3, 0.5}));
    try (CloudService cloud =
        new PartySetup(RunSettings.defaults(), RunHooks.NONE).cloud(Runnable::run)) {
      cloud.handle(bytes(program(99))).join();
      Mutations.each(
          20_000,
          List.of(bytes(program(17)), term, bytes(new ReleaseMask(17))),
          question -> {
            ask(cloud, question);
            ask(cloud, term); // whatever the mask has become by it
          });
      MaskedSolution answer =
          (MaskedSolution) Letter.fromBytes(cloud.handle(honest).join()).message();
      // −c, held to the box; the row that couples both has room
      assertThat(answer.y()).containsExactly(new double[] {1, -0.5}, within(1e-8));
    }
  }

  private static void ask(CloudService cloud, byte[] question) {
    try {
      assertThat(Letter.fromBytes(cloud.handle(question).join())).isNotNull();
    } catch (CompletionException e) {
      assertThat(e.getCause()).isInstanceOf(ProtocolException.class);
    }
  }
}
