package io.dualgrid.securesum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Totals that one party alone can read. */
class TotalPadTest {
  private static final int COUNT = 5;
  private static final int READER = 2;
  private static final FixedPoint SCALE = new FixedPoint(1 << 20, 10);

  private final List<SecureSumParty> parties = new ArrayList<>();
  private final TotalPad pad = new TotalPad(COUNT);
  private final SecureSumAggregator operator = new SecureSumAggregator(COUNT);

  TotalPadTest() {
    List<SecureSumKeys> keys = new ArrayList<>();
    List<byte[]> publicKeys = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      keys.add(SecureSumKeys.generate());
      publicKeys.add(keys.get(i).publicKey());
    }
    for (int i = 0; i < COUNT; i++) {
      parties.add(new SecureSumParty(i, keys.get(i), publicKeys, new byte[] {9}));
    }
  }

  /** Party i reports i, 2i and −i. */
  private SecureSumTotal total(long round) {
    List<SecureSumContribution> all = new ArrayList<>();
    for (SecureSumParty party : parties) {
      double i = party.party();
      SecureSumContribution own = party.mask(round, new double[] {i, 2 * i, -i}, SCALE);
      all.add(party.party() == READER ? pad.hide(own) : own);
    }
    return operator.add(round, all);
  }

  @Test
  void theReaderGetsTheSums() {
    for (long round = 1; round < 4; round++) {
      assertThat(pad.open(round, SecureSumTotal.fromBytes(total(round).toBytes()), SCALE))
          .containsExactly(10, 20, -10);
    }
  }

  /** The number that tells whether masks cancel is hidden, too: it is zero once in 2^128. */
  @Test
  void nobodyElseReadsThem() {
    SecureSumTotal total = total(1);
    assertThatThrownBy(() -> total.read(COUNT, SCALE))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("the masks do not cancel");
    try (TotalPad other = new TotalPad(COUNT)) {
      other.hide(parties.get(0).mask(2, new double[3], SCALE));
      assertThatThrownBy(() -> other.open(2, total, SCALE)).isInstanceOf(SecureSumException.class);
    }
  }

  /** The same sums in each round: a pad that repeats would show the difference as zero. */
  @Test
  void noWordOfPadsRepeats() {
    Set<Long> words = new HashSet<>();
    int count = 0;
    for (long round = 1; round < 20; round++) {
      for (long word : total(round).words()) {
        words.add(word);
        count++;
      }
    }
    // 152 words: two of 2^64 are the same once in 2^50
    assertThat(words).hasSize(count);
  }

  @Test
  void aPadIsUsedOnce() {
    total(3);
    SecureSumContribution again = parties.get(0).mask(4, new double[3], SCALE);
    pad.hide(again);
    assertThatThrownBy(() -> pad.hide(again))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("used once");
  }

  @Test
  void aTotalOfAnotherRoundIsRefused() {
    SecureSumTotal older = total(1);
    total(2);
    assertThatThrownBy(() -> pad.open(2, older, SCALE))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("round 2");
    assertThatThrownBy(() -> pad.open(1, older, SCALE)).isInstanceOf(SecureSumException.class);
  }

  @Test
  void bytesThatAreNoTotalAreRefused() {
    byte[] bytes = total(1).toBytes();
    for (int length : new int[] {0, 8, 16, bytes.length - 1, bytes.length - 8}) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> pad.open(1, SecureSumTotal.fromBytes(cut), SCALE))
          .isInstanceOf(SecureSumException.class);
    }
  }

  @Test
  void tellsNothingOfItself() {
    assertThat(pad.toString()).isEqualTo("TotalPad[5 parties]");
    SecureSumTotal total = total(1);
    assertThat(total.toString()).isEqualTo("SecureSumTotal[round 1]");
    pad.close();
    assertThatThrownBy(() -> pad.open(1, total, SCALE)).isInstanceOf(IllegalStateException.class);
  }
}
