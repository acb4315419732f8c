package io.dualgrid.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CloudQuestionTest {
  private static final long MASK = 0x8000_0000_0000_0011L;

  private static byte[] bytes(Message message) {
    return new Letter(new Envelope(message.type(), new RunId(1, 2), 1, 0, 0, 5, 1), message)
        .toBytes();
  }

  @Test
  void isOfTheMaskThatTheWholeLetterNames() {
    double[] one = {1};
    for (Message question :
        new Message[] {
          new MaskedProgram(MASK, 60, 1, one, one, one, one, one, one),
          new MaskedTerm(MASK, 3, one),
          new ReleaseMask(MASK)
        }) {
      assertThat(CloudQuestion.maskOf(bytes(question))).as(question.toString()).isEqualTo(MASK);
    }
  }

  @Test
  void othersAreRefused() {
    assertThatThrownBy(() -> CloudQuestion.maskOf(bytes(new MaskStored(MASK, true))))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("nothing to ask a cloud");
    byte[] term = bytes(new MaskedTerm(MASK, 3, new double[1]));
    for (int length = 0; length < Envelope.BYTES + Long.BYTES; length++) {
      byte[] cut = Arrays.copyOf(term, length);
      assertThatThrownBy(() -> CloudQuestion.maskOf(cut)).isInstanceOf(ProtocolException.class);
    }
  }
}
