package io.dualgrid.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message as bytes: they are an interface between programs, so they never change unseen. */
class LetterTest {
  private static Letter letter(Message message) {
    return new Letter(
        new Envelope(message.type(), new RunId(0x0102030405060708L, 9), 1, 2, 3, 4, 5), message);
  }

  static Stream<Message> messages() {
    return SampleMessages.all();
  }

  /** Bytes by type, from the file that freezes them. */
  private static Map<String, String> golden() {
    try (var in = LetterTest.class.getResourceAsStream("golden-bytes.csv")) {
      Map<String, String> byType = new TreeMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(","))
          .forEach(line -> byType.put(line[0], line[1]));
      return byType;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theBytesOfEveryMessageAreFrozen() {
    Map<String, String> actual = new TreeMap<>();
    messages()
        .forEach(
            message ->
                actual.merge(
                    message.type().name(),
                    HexFormat.of().formatHex(letter(message).toBytes()),
                    (first, second) -> first + '+' + second));
    assertThat(actual.keySet())
        .as("a sample of each")
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(MessageType.values()).map(Enum::name).toList());
    assertThat(actual).isEqualTo(golden());
  }

  @Test
  void codesAreUsedOnce() {
    assertThat(Arrays.stream(MessageType.values()).map(MessageType::code)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(AbortCode.values()).map(AbortCode::code)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatWasWrittenIsRead(Message message) {
    byte[] bytes = letter(message).toBytes();
    Letter read = Letter.fromBytes(bytes);
    assertThat(read.envelope()).isEqualTo(letter(message).envelope());
    assertThat(read.message().getClass()).isEqualTo(message.getClass());
    assertThat(read.toBytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyOtherLengthIsRefused(Message message) {
    byte[] bytes = letter(message).toBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] shorter = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Letter.fromBytes(shorter))
          .as("%s bytes", length)
          .isInstanceOf(ProtocolException.class);
    }
    assertThatThrownBy(() -> Letter.fromBytes(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("1 bytes too many");
  }

  /** Whatever one byte says, it is read as a message or refused as none, and costs no memory. */
  @ParameterizedTest
  @MethodSource("messages")
  void everyChangedByteIsReadOrRefused(Message message) {
    byte[] bytes = letter(message).toBytes();
    for (int i = 0; i < bytes.length; i++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
        byte[] changed = bytes.clone();
        changed[i] = (byte) value;
        try {
          assertThat(Letter.fromBytes(changed).toBytes()).isEqualTo(changed);
        } catch (ProtocolException e) {
          assertThat(e.code()).isIn(AbortCode.MALFORMED, AbortCode.WRONG_VERSION);
        }
      }
    }
  }

  @Test
  void numbersThatAreNoneAreRefusedButFromAndForTheCloud() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      for (Message message :
          List.of(
              new AskBound(true, new double[] {bad}),
              new Report(new Payload.Plain(new double[] {1, bad})),
              new SolveAll(bad, 1))) {
        byte[] bytes = letter(message).toBytes();
        assertThatThrownBy(() -> Letter.fromBytes(bytes))
            .isInstanceOf(ProtocolException.class)
            .hasMessageContaining("a number that is not finite");
      }
    }
    byte[] lie = letter(SampleMessages.solution(Double.NaN)).toBytes();
    assertThat(((MaskedSolution) Letter.fromBytes(lie).message()).y()).containsOnly(Double.NaN);
  }

  @Test
  void envelopesWithNumbersThatNoneHasAreRefused() {
    for (int[] bad : new int[][] {{0, 0, 0, 1}, {1, -1, 0, 1}, {1, 0, 256, 1}, {1, 0, 0, 0}}) {
      assertThatThrownBy(
              () ->
                  new Envelope(
                      MessageType.SWEEP, new RunId(0, 0), bad[0], bad[1], bad[2], 0, bad[3]))
          .isInstanceOf(ProtocolException.class);
    }
  }
}
