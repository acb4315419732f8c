package io.dualgrid.securesum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinePadsTest {
  private static final byte[] TOLD = {1, 2, 3};

  private static LinePads pads(int key) {
    byte[] bytes = new byte[32];
    bytes[5] = (byte) key;
    return new LinePads(bytes);
  }

  @Test
  void bothEndsDrawTheSameAndNothingTwice() {
    List<WideNumbers> drawn = new ArrayList<>();
    for (int key = 0; key < 3; key++) {
      try (LinePads one = pads(key);
          LinePads other = pads(key)) {
        for (long round = 1; round < 4; round++) {
          for (byte[] told : new byte[][] {TOLD, {1, 2, 4}}) {
            WideNumbers up = one.upwards(round, told, 5);
            WideNumbers down = one.downwards(round, told, 5);
            assertThat(other.downwards(round, told, 5).same(down)).isTrue();
            assertThat(other.upwards(round, told, 5).same(up)).isTrue();
            for (WideNumbers before : drawn) {
              assertThat(before.same(up)).isFalse();
              assertThat(before.same(down)).isFalse();
            }
            assertThat(up.same(down)).isFalse();
            drawn.add(up);
            drawn.add(down);
          }
        }
      }
    }
  }

  /** What one end has held and the other has not, or in another order, stays apart for good. */
  @Test
  void keysStayAlikeAsLongAsTheSameIsHeld() {
    try (LinePads one = pads(1);
        LinePads other = pads(1)) {
      assertThat(one.witness()).isEqualTo(other.witness());
      byte[] before = one.witness();
      one.hold(new byte[] {7}, new byte[] {8});
      assertThat(one.witness()).isNotEqualTo(before).isNotEqualTo(other.witness());
      other.hold(new byte[] {7}, new byte[] {8});
      assertThat(one.witness()).isEqualTo(other.witness());
      other.hold(new byte[] {9});
      one.hold(new byte[] {10});
      one.hold(new byte[] {9});
      other.hold(new byte[] {10});
      assertThat(one.witness()).isNotEqualTo(other.witness());
    }
  }

  /** 2^90 and one half do not fit a double: these sums are integers, exact to the last bit. */
  @Test
  void numbersAreExactAndWrapAround() {
    FixedPoint scale = FixedPoint.forReports(60);
    WideNumbers large = WideNumbers.of(new double[] {0x1p35, -0x1p35}, scale);
    WideNumbers small = WideNumbers.of(new double[] {0x1p-60, 3 * 0x1p-60}, scale);
    WideNumbers rest = large.plus(small).minus(large);
    assertThat(rest.same(small)).isTrue();
    assertThat(rest.values(scale, 60)).containsExactly(0x1p-60, 3 * 0x1p-60);
    assertThat(WideNumbers.fromBytes(rest.toBytes()).same(small)).isTrue();
    assertThat(WideNumbers.zeros(2).minus(small).plus(small).same(WideNumbers.zeros(2))).isTrue();
    try (LinePads pads = pads(2)) {
      WideNumbers hidden = small.plus(pads.upwards(9, TOLD, 2));
      assertThat(hidden.same(small)).isFalse();
      assertThat(hidden.minus(pads.upwards(9, TOLD, 2)).same(small)).isTrue();
    }
    assertThatThrownBy(() -> large.plus(WideNumbers.zeros(3)))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("2 and of 3 numbers");
    assertThatThrownBy(() -> WideNumbers.fromBytes(new byte[17]))
        .isInstanceOf(SecureSumException.class);
  }

  /** Masks of a pair that holds the same cancel in all later sums; else nothing comes out. */
  @Test
  void aTotalComesOutOnlyWhereBothHoldTheSame() {
    for (boolean same : new boolean[] {true, false}) {
      List<SecureSumKeys> keys = List.of(key(), key(), key());
      List<byte[]> publicKeys = keys.stream().map(SecureSumKeys::publicKey).toList();
      List<SecureSumParty> parties = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        parties.add(new SecureSumParty(i, keys.get(i), publicKeys, new byte[16]));
      }
      byte[] shared = new byte[32];
      byte[] other = shared.clone();
      other[31] = (byte) (same ? 0 : 1);
      parties.get(0).witness(List.of(), List.of(shared));
      parties.get(2).witness(List.of(other), List.of());
      FixedPoint scale = FixedPoint.forReports(3);
      for (long round = 1; round < 3; round++) {
        List<SecureSumContribution> parts = new ArrayList<>();
        for (SecureSumParty party : parties) {
          parts.add(party.mask(round, TOLD, new double[] {1 + party.party(), 0.5}, scale));
        }
        SecureSumTotal total = new SecureSumAggregator(3).add(round, parts);
        if (same) {
          assertThat(total.read(3, scale)).containsExactly(6.0, 1.5);
        } else {
          assertThatThrownBy(() -> total.read(3, scale)).hasMessageContaining("do not cancel");
        }
      }
      parties.forEach(SecureSumParty::close);
      keys.forEach(SecureSumKeys::close);
    }
  }

  private static SecureSumKeys key() {
    return SecureSumKeys.generate();
  }
}
