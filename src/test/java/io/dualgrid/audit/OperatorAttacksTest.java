package io.dualgrid.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorAttacksTest {
  private static final GridCase CASE = CaseLocator.read("6-bus");
  private static final CkksParameters COMPACT = CkksParameters.compact();
  private static final double SECRET = 123.456789;

  private static Evidence record(Privacy privacy) {
    return Evidence.ofRun(
        CASE, RunSettings.builder().privacy(privacy).steps(8).maxIterations(3).threads(2).build());
  }

  @Test
  void aRealEncryptedRunShowsNothing() {
    Evidence recorded = record(Privacy.CKKS);
    MessageRecorder recorder = recorded.messages();
    assertThat(recorder.boundaryMessages()).isNotEmpty();
    assertThat(OperatorAttacks.repetitions(recorder.boundaryMessages(), COMPACT).leaks()).isFalse();
    assertThat(
            OperatorAttacks.plaintexts(recorder.allMessages(), recorded.values(), COMPACT).leaks())
        .isFalse();
    assertThat(recorder.contributions()).isNotEmpty();
    assertThat(OperatorAttacks.repeatedContributions(recorder.contributions()).leaks()).isFalse();
  }

  @Test
  void theSearchFindsTheValuesOfARunThatIsNotEncrypted() {
    Evidence recorded = record(Privacy.NONE);
    MessageRecorder recorder = recorded.messages();
    assertThat(
            OperatorAttacks.plaintexts(recorder.allMessages(), recorded.values(), COMPACT).leaks())
        .isTrue();
    assertThat(OperatorAttacks.repetitions(recorder.boundaryMessages(), COMPACT).leaks()).isTrue();
  }

  /** Without pads every part and every sum of a sweep is read; with them none. */
  @Test
  void sumsAlongTheTreeAreReadWhereNothingHidesThem() {
    for (Privacy privacy : new Privacy[] {Privacy.NONE, Privacy.CKKS}) {
      MessageRecorder recorder = new MessageRecorder();
      RunSettings settings =
          RunSettings.builder().algorithm(Algorithm.NEWTON).privacy(privacy).steps(8).build();
      DispatchEngine.run(CASE, settings, RunObserver.NONE, recorder);
      List<byte[]> numbers = recorder.treeNumbers();
      // a part of each line in both directions, the sums at both ends and at the lower one
      assertThat(numbers.size() % (5 * CASE.lines().size())).isZero();
      assertThat(numbers).isNotEmpty();
      OperatorAttacks.Finding found = OperatorAttacks.readableSums(numbers);
      assertThat(found.found()).isEqualTo(privacy == Privacy.NONE ? numbers.size() : 0);
      assertThat(found.leaks()).isEqualTo(privacy == Privacy.NONE);
    }
  }

  @Test
  void aPlantedValueIsFoundInEveryEncodingAndAtAnyOffset() {
    List<byte[]> encodings =
        List.of(
            longBytes(Double.doubleToLongBits(SECRET), ByteOrder.LITTLE_ENDIAN),
            longBytes(Double.doubleToLongBits(SECRET), ByteOrder.BIG_ENDIAN),
            longBytes(Double.doubleToLongBits(0.5 * SECRET), ByteOrder.LITTLE_ENDIAN),
            longBytes(Math.round(Math.scalb(SECRET, 41)), ByteOrder.LITTLE_ENDIAN),
            longBytes(Math.round(Math.scalb(SECRET, COMPACT.log2Scale())), ByteOrder.BIG_ENDIAN),
            "123.456789".getBytes(StandardCharsets.US_ASCII));
    List<byte[]> messages = record(Privacy.CKKS).messages().boundaryMessages();
    for (int e = 0; e < encodings.size(); e++) {
      byte[] leaky = messages.get(e).clone();
      // twice, since one match in so many bytes may be chance
      for (int at : new int[] {1_003, 5_001}) {
        System.arraycopy(encodings.get(e), 0, leaky, at, encodings.get(e).length);
      }
      assertThat(OperatorAttacks.plaintexts(List.of(leaky), List.of(SECRET), COMPACT))
          .as("encoding %d", e)
          .matches(OperatorAttacks.Finding::leaks);
    }
  }

  @Test
  void anEncryptionThatIsSentTwiceIsFound() {
    List<byte[]> messages = new ArrayList<>(record(Privacy.CKKS).messages().boundaryMessages());
    messages.add(messages.get(0));
    assertThat(OperatorAttacks.repetitions(messages, COMPACT).leaks()).isTrue();
  }

  @Test
  void aMaskOfASumThatIsUsedTwiceIsFound() {
    List<byte[]> messages = new ArrayList<>(record(Privacy.CKKS).messages().contributions());
    messages.add(messages.get(0));
    assertThat(OperatorAttacks.repeatedContributions(messages).leaks()).isTrue();
  }

  /** 1 − e⁻¹·Σ 1/i! falls below 1e-6 at i = 9; a mean of nothing allows nothing. */
  @Test
  void theBoundOfChanceIsPoissons() {
    assertThat(OperatorAttacks.poissonBound(1.0)).isEqualTo(9);
    assertThat(OperatorAttacks.poissonBound(0.0)).isZero();
  }

  private static byte[] longBytes(long bits, ByteOrder order) {
    return ByteBuffer.allocate(8).order(order).putLong(bits).array();
  }
}
