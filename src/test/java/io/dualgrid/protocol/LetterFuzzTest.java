package io.dualgrid.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.fuzz.Mutations;
import java.util.List;
import org.junit.jupiter.api.Test;

@OneRound
class LetterFuzzTest {
  /** Whatever came, it is one message, which has no other bytes, or it is refused as none. */
  @Test
  void anyBytesAreReadOrRefused() {
    List<byte[]> samples =
        SampleMessages.all()
            .map(
                message ->
                    new Letter(
                            new Envelope(message.type(), new RunId(3, 9), 1, 2, 3, 4, 5), message)
                        .toBytes())
            .toList();
    Mutations.each(
        100_000,
        samples,
        bytes -> {
          try {
            assertThat(Letter.fromBytes(bytes).toBytes()).isEqualTo(bytes);
          } catch (ProtocolException e) {
            assertThat(e.code()).isIn(AbortCode.MALFORMED, AbortCode.WRONG_VERSION);
          }
        });
  }
}
