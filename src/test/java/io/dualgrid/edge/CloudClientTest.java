package io.dualgrid.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.ProtocolException;
import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CloudClientTest {
  private static final int QUESTIONS = 5;

  /** Asks a cloud that understands nothing. */
  private static void ask(List<Envelope> envelopes, List<WeakReference<byte[]>> questions) {
    CloudClient client =
        new CloudClient(
            request -> {
              envelopes.add(Letter.fromBytes(request).envelope());
              questions.add(new WeakReference<>(request));
              return CompletableFuture.failedFuture(
                  new ProtocolException(AbortCode.MALFORMED, "what?"));
            },
            new SecureRandom(),
            1000);
    for (int i = 0; i < QUESTIONS; i++) {
      assertThat(client.solve(new MaskedLinearTerm(7, i + 1, new double[100]), () -> null))
          .isEmpty();
    }
    // while the client is still there
    for (int i = 0; i < 100 && questions.stream().anyMatch(q -> q.get() != null); i++) {
      System.gc();
    }
    assertThat(client).isNotNull();
  }

  /** A program is megabytes, and each mask is another: they would pile up through a run. */
  @Test
  void keepsNoQuestionThatWasAnswered() {
    List<WeakReference<byte[]>> questions = new ArrayList<>();
    ask(new ArrayList<>(), questions);
    assertThat(questions).hasSize(QUESTIONS).allMatch(question -> question.get() == null);
  }

  @Test
  void numbersItsQuestionsUnderOneName() {
    List<Envelope> envelopes = new ArrayList<>();
    ask(envelopes, new ArrayList<>());
    assertThat(envelopes).extracting(Envelope::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(envelopes).extracting(Envelope::run).containsOnly(envelopes.get(0).run());
    assertThat(envelopes).extracting(Envelope::party).containsOnly(envelopes.get(0).party());
  }
}
