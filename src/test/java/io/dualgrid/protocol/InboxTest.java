package io.dualgrid.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final RunId RUN = new RunId(1, 2);

  private final Inbox inbox = new Inbox("node 7", RUN, 3, 5);

  private static byte[] letter(RunId run, int epoch, int iteration, int party, long sequence) {
    Message message = new AskBound(false, new double[] {sequence, iteration});
    return new Letter(
            new Envelope(message.type(), run, epoch, iteration, 1, party, sequence), message)
        .toBytes();
  }

  private static byte[] letter(long sequence) {
    return letter(RUN, 3, 1, 5, sequence);
  }

  private List<Long> taken(byte[] bytes) {
    return inbox.accept(bytes).stream().map(letter -> letter.envelope().sequence()).toList();
  }

  private static void refused(ThrowingCallable call, AbortCode code, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith("node 7: ")
        .hasMessageContaining(words);
  }

  /** However they are shuffled and repeated, letters come out once and in order. */
  @Test
  void shuffledAndRepeatedLettersComeOutOnceAndInOrder() {
    Random random = new Random(11);
    List<Long> arrivals = new ArrayList<>();
    for (long sequence = 1; sequence <= 200; sequence++) {
      for (int copies = random.nextInt(3); copies >= 0; copies--) {
        arrivals.add(sequence);
      }
    }
    Collections.shuffle(arrivals, random);
    List<Long> taken = new ArrayList<>();
    arrivals.forEach(sequence -> taken.addAll(taken(letter(sequence))));
    assertThat(taken).hasSize(200).isSorted();
  }

  @Test
  void theSameBytesAgainAreIgnored() {
    assertThat(taken(letter(1))).containsExactly(1L);
    assertThat(taken(letter(1))).isEmpty();
    assertThat(taken(letter(3))).isEmpty();
    assertThat(taken(letter(3))).isEmpty();
    assertThat(taken(letter(2))).containsExactly(2L, 3L);
    assertThat(taken(letter(3))).isEmpty();
  }

  @Test
  void twoStoriesUnderOneNumberAreRefused() {
    inbox.accept(letter(1));
    refused(
        () -> inbox.accept(letter(RUN, 3, 2, 5, 1)),
        AbortCode.EQUIVOCATION,
        "two different messages with number 1");
    inbox.accept(letter(9));
    refused(
        () -> inbox.accept(letter(RUN, 3, 2, 5, 9)),
        AbortCode.EQUIVOCATION,
        "two different messages with number 9");
  }

  /** Also where the header is the same and only the content differs. */
  @Test
  void anotherContentUnderTheSameHeaderIsRefused() {
    byte[] first = letter(1);
    inbox.accept(first);
    byte[] other = first.clone();
    other[other.length - 1] ^= 1;
    refused(() -> inbox.accept(other), AbortCode.EQUIVOCATION, "two different messages");
  }

  @Test
  void anOlderEpochIsDroppedAndALaterOneRefused() {
    assertThat(taken(letter(RUN, 2, 1, 5, 1))).isEmpty();
    assertThat(taken(letter(RUN, 3, 1, 5, 1))).containsExactly(1L);
    refused(() -> inbox.accept(letter(RUN, 4, 1, 5, 2)), AbortCode.WRONG_RUN, "epoch 3 is open");
  }

  @Test
  void messagesOfAnotherRunOrPartyAreRefused() {
    refused(
        () -> inbox.accept(letter(new RunId(1, 3), 3, 1, 5, 1)),
        AbortCode.WRONG_RUN,
        "of another run");
    refused(() -> inbox.accept(letter(RUN, 3, 1, 6, 1)), AbortCode.UNEXPECTED, "not for this link");
  }

  @Test
  void anotherVersionIsRefusedByName() {
    for (int version : new int[] {Envelope.VERSION - 1, Envelope.VERSION + 1}) {
      byte[] bytes = letter(1);
      bytes[1] = (byte) version;
      refused(
          () -> inbox.accept(bytes),
          AbortCode.WRONG_VERSION,
          "a message of protocol version " + version + "; this party speaks " + Envelope.VERSION);
    }
  }

  /** Nobody can fill the memory with letters that wait for one that never comes. */
  @Test
  void whatIsFarAheadIsRefused() {
    assertThat(taken(letter(1024))).isEmpty();
    refused(() -> inbox.accept(letter(1025)), AbortCode.UNEXPECTED, "number 1 is still missing");
  }

  /** Old numbers are ignored unread once their phase is over, so that memory stays small. */
  @Test
  void numbersOfPhasesLongGoneAreIgnored() {
    for (int k = 1; k <= 5000; k++) {
      assertThat(taken(letter(RUN, 3, k, 5, k))).hasSize(1);
    }
    assertThat(taken(letter(RUN, 3, 77, 5, 1))).isEmpty();
  }
}
