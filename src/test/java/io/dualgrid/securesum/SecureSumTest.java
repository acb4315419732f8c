package io.dualgrid.securesum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OneRound
class SecureSumTest {
  private static final byte[] SESSION = {1, 2, 3};

  private static List<SecureSumParty> parties(int count) {
    List<SecureSumKeys> keys = new ArrayList<>();
    List<byte[]> publicKeys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(SecureSumKeys.generate());
      publicKeys.add(keys.get(i).publicKey());
    }
    List<SecureSumParty> parties = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parties.add(new SecureSumParty(i, keys.get(i), publicKeys, SESSION));
    }
    return parties;
  }

  private static List<SecureSumContribution> contributions(
      List<SecureSumParty> parties, long round, double[][] values, FixedPoint... scales) {
    List<SecureSumContribution> contributions = new ArrayList<>();
    for (SecureSumParty party : parties) {
      contributions.add(party.mask(round, values[party.party()], scales));
    }
    return contributions;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6, 17, 18, 60})
  void sumsOfMultiplesOfTheResolutionAreExact(int count) {
    Random random = new Random(count);
    FixedPoint scale = new FixedPoint(1 << 20, 10);
    double[][] values = new double[count][60];
    double[] expected = new double[60];
    for (double[] ofOne : values) {
      for (int i = 0; i < ofOne.length; i++) {
        ofOne[i] = random.nextInt(-(1 << 30), 1 << 30) * scale.resolution();
        expected[i] += ofOne[i];
      }
    }
    List<SecureSumParty> parties = parties(count);
    SecureSumAggregator operator = new SecureSumAggregator(count);
    for (long round = 0; round < 3; round++) {
      assertThat(operator.sum(round, contributions(parties, round, values, scale), scale))
          .containsExactly(expected);
    }
  }

  @Test
  void otherSumsAreOffByHalfAResolutionAParty() {
    int count = 20;
    Random random = new Random(7);
    double[] bounds = {1e-9, 1, 3e5, 1e12};
    FixedPoint[] scales =
        Arrays.stream(bounds).mapToObj(b -> FixedPoint.forSum(b, count)).toArray(FixedPoint[]::new);
    double[][] values = new double[count][bounds.length];
    double[] expected = new double[bounds.length];
    for (double[] ofOne : values) {
      for (int i = 0; i < bounds.length; i++) {
        ofOne[i] = random.nextDouble(-bounds[i], bounds[i]);
        expected[i] += ofOne[i];
      }
    }
    double[] sum =
        new SecureSumAggregator(count)
            .sum(5, contributions(parties(count), 5, values, scales), scales);
    for (int i = 0; i < bounds.length; i++) {
      // what is left is the rounding of the plain sum beside it
      double tolerance = count * (scales[i].resolution() / 2 + Math.ulp(bounds[i] * count));
      assertThat(scales[i].resolution()).isLessThanOrEqualTo(bounds[i] * 0x1p-111);
      assertThat(sum[i]).isCloseTo(expected[i], within(tolerance));
    }
  }

  /** One resolution for all: a large value and a small one each keep their digits. */
  @Test
  void smallValuesBesideALargeBoundKeepTheirDigits() {
    FixedPoint scale = FixedPoint.forSum(0x1p36, 20);
    double[][] values = new double[20][3];
    for (int i = 0; i < 20; i++) {
      values[i][0] = i == 7 ? 1e-12 : 0;
      values[i][1] = i == 7 ? -1e-12 : 0;
      values[i][2] = i == 7 ? 6e10 : 1e-5;
    }
    double[] sum =
        new SecureSumAggregator(20).sum(0, contributions(parties(20), 0, values, scale), scale);
    double rounding = scale.resolution() / 2;
    assertThat(rounding).isLessThan(1e-22);
    assertThat(sum[0]).isCloseTo(1e-12, within(rounding));
    assertThat(sum[1]).isCloseTo(-1e-12, within(rounding));
    assertThat(sum[2]).isEqualTo(6e10 + 19e-5);
  }

  /** Against BigDecimal: both words, both signs, and the halves between them. */
  @Test
  void numbersAreTheNearestMultiplesOfTheResolution() {
    FixedPoint scale = new FixedPoint(0x1p50, 70);
    long[] words = new long[2];
    for (double value :
        new double[] {
          0,
          0x1p-70,
          0x1.8p-70,
          0x1p-6,
          0x1.fffffffffffffp-7,
          0x1p-7,
          1,
          Math.PI,
          0x1p50,
          1e-30,
          0x1.fffffffffffffp49,
          12345.678
        }) {
      for (double signed : new double[] {value, -value}) {
        scale.encode(signed, 0, words, 0);
        BigInteger found =
            BigInteger.valueOf(words[1])
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(words[0])));
        BigInteger expected =
            new BigDecimal(signed)
                .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(70)))
                .setScale(0, RoundingMode.HALF_EVEN)
                .toBigIntegerExact();
        assertThat(found).isEqualTo(expected);
        double back = scale.decode(words, 0, 1, 0);
        assertThat(back).isCloseTo(signed, within(scale.resolution() / 2));
      }
    }
  }

  @Test
  void valuesAtTheirBoundsDoNotOverflow() {
    for (int count : new int[] {2, 17, 32, 33}) {
      List<SecureSumParty> parties = parties(count);
      long round = 0;
      for (double bound : new double[] {1, 1.5, 1000, Math.nextDown(1024.0)}) {
        FixedPoint scale = FixedPoint.forSum(bound, count);
        double[][] values = new double[count][2];
        for (double[] ofOne : values) {
          ofOne[0] = bound;
          ofOne[1] = -bound;
        }
        double[] sum =
            new SecureSumAggregator(count)
                .sum(++round, contributions(parties, round, values, scale), scale);
        double tolerance = count * (scale.resolution() + Math.ulp(bound * count));
        assertThat(sum[0]).isCloseTo(bound * count, within(tolerance));
        assertThat(sum[1]).isCloseTo(-bound * count, within(tolerance));
      }
    }
  }

  @Test
  void overflowIsRefusedNotWrapped() {
    SecureSumParty party = parties(3).get(0);
    FixedPoint scale = FixedPoint.forSum(10, 3);
    for (double bad :
        new double[] {Math.nextUp(10), -Math.nextUp(10), Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> party.mask(1, new double[] {0, bad}, scale))
          .isInstanceOf(SecureSumException.class)
          .hasMessageContaining("entry 1");
    }
    // three values of 2^126 at resolution 1 do not fit into 127 bits
    assertThatThrownBy(() -> party.mask(1, new double[] {0}, new FixedPoint(0x1p126, 0)))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("overflow");
    // the refusals gave nothing away, so the round is still free
    assertThat(party.mask(1, new double[] {0, 1}, scale).valueCount()).isEqualTo(2);
  }

  @Test
  void aRoundIsUsedOnce() {
    SecureSumParty party = parties(3).get(0);
    FixedPoint scale = FixedPoint.forSum(1, 3);
    party.mask(4, new double[] {0}, scale);
    for (long round : new long[] {4, 3, -1, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> party.mask(round, new double[] {1}, scale))
          .isInstanceOf(SecureSumException.class)
          .hasMessageContaining("not after round 4");
    }
    party.mask(5, new double[] {0}, scale);
  }

  @Test
  void missingAndForeignContributionsAreNamed() {
    FixedPoint scale = FixedPoint.forSum(1, 3);
    List<SecureSumParty> parties = parties(3);
    List<SecureSumContribution> all = contributions(parties, 1, new double[3][2], scale);
    SecureSumAggregator operator = new SecureSumAggregator(3);
    assertThatThrownBy(() -> operator.sum(1, all.subList(0, 2), scale))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("party 2 is missing");
    assertThatThrownBy(() -> operator.sum(1, List.of(), scale))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("party 0 is missing");
    assertThatThrownBy(() -> operator.sum(1, List.of(all.get(0), all.get(1), all.get(1)), scale))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> operator.sum(2, all, scale))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("not for round 2");
    SecureSumContribution longer = parties.get(2).mask(2, new double[3], scale);
    List<SecureSumContribution> uneven =
        List.of(
            parties.get(0).mask(2, new double[2], scale),
            parties.get(1).mask(2, new double[2], scale),
            longer);
    assertThatThrownBy(() -> operator.sum(2, uneven, scale))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("values");
  }

  @Test
  void masksThatDoNotCancelAreFound() {
    FixedPoint scale = FixedPoint.forSum(1, 3);
    List<SecureSumContribution> mixed =
        new ArrayList<>(contributions(parties(3), 1, new double[3][1], scale));
    mixed.set(1, parties(3).get(1).mask(1, new double[1], scale));
    assertThatThrownBy(() -> new SecureSumAggregator(3).sum(1, mixed, scale))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("do not cancel");
  }

  /**
   * The bits of a contribution of zeros are as many ones as zeros at every position, to within what
   * chance allows: a binomial of 4096 fair coins strays by more than 6 deviations (of 32) once in
   * 5e8, and there are 64 positions. Unmasked zeros would stray by 64 deviations, and a mask left
   * out of the words' upper or lower half likewise.
   */
  @Test
  void aSingleContributionLooksUniform() {
    int length = 4096;
    FixedPoint scale = FixedPoint.forSum(1, 2);
    for (SecureSumParty party : parties(2)) {
      // two words a value
      SecureSumContribution contribution = party.mask(0, new double[length / 2], scale);
      Set<Long> words = new HashSet<>();
      int[] ones = new int[Long.SIZE];
      for (int i = 0; i < length; i++) {
        words.add(contribution.word(i));
        for (int bit = 0; bit < Long.SIZE; bit++) {
          ones[bit] += (int) (contribution.word(i) >>> bit & 1);
        }
      }
      assertThat(words).hasSize(length);
      for (int count : ones) {
        assertThat(count).isBetween(2048 - 192, 2048 + 192);
      }
    }
  }

  @Test
  void everyPartnerAddsAMaskOfItsOwn() {
    // a contribution of zeros is the sum of the masks: taking one partner's key away changes it
    List<SecureSumKeys> keys = new ArrayList<>();
    List<byte[]> publicKeys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keys.add(SecureSumKeys.generate());
      publicKeys.add(keys.get(i).publicKey());
    }
    FixedPoint scale = FixedPoint.forSum(1, 20);
    long word =
        new SecureSumParty(0, keys.get(0), publicKeys, SESSION)
            .mask(0, new double[1], scale)
            .word(0);
    Set<Integer> matter = new HashSet<>();
    for (int other = 1; other < 20; other++) {
      List<byte[]> changed = new ArrayList<>(publicKeys);
      changed.set(other, SecureSumKeys.generate().publicKey());
      long with =
          new SecureSumParty(0, keys.get(0), changed, SESSION)
              .mask(0, new double[1], scale)
              .word(0);
      if (with != word) {
        matter.add(other);
      }
    }
    assertThat(matter)
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14, 15, 16, 17, 18, 19);
  }

  @Test
  void anotherSessionGivesOtherMasks() {
    SecureSumKeys own = SecureSumKeys.generate();
    List<byte[]> keys = List.of(own.publicKey(), SecureSumKeys.generate().publicKey());
    FixedPoint scale = FixedPoint.forSum(1, 2);
    assertThat(
            new SecureSumParty(0, own, keys, new byte[] {1})
                .mask(0, new double[1], scale)
                .toBytes())
        .isNotEqualTo(
            new SecureSumParty(0, own, keys, new byte[] {2})
                .mask(0, new double[1], scale)
                .toBytes());
  }

  /**
   * The operator asks all at one price and again with another price for one of them alone: the
   * difference of the sums would be what that one answers. Here the second sum is noise.
   */
  @ParameterizedTest
  @ValueSource(ints = {3, 17, 40})
  void whoeverWasToldSomethingElseTakesTheSumAway(int count) {
    FixedPoint scale = FixedPoint.forSum(1000, count);
    byte[] told = {1};
    byte[] toldOther = {2};
    for (Set<Integer> misled : List.of(Set.of(1), Set.of(0, 1), Set.of(count - 1))) {
      List<SecureSumParty> parties = parties(count);
      List<SecureSumContribution> honest = new ArrayList<>();
      List<SecureSumContribution> mixed = new ArrayList<>();
      for (SecureSumParty party : parties) {
        double[] value = {party.party()};
        honest.add(party.mask(1, told, value, scale));
        byte[] context = misled.contains(party.party()) ? toldOther : told;
        mixed.add(party.mask(2, context, value, scale));
      }
      SecureSumAggregator operator = new SecureSumAggregator(count);
      assertThat(operator.sum(1, honest, scale)[0]).isEqualTo(count * (count - 1) / 2.0);
      assertThatThrownBy(() -> operator.sum(2, mixed, scale))
          .isInstanceOf(SecureSumException.class)
          .hasMessageContaining("do not cancel");
      // without the check it is still no sum: neither over all nor over those told alike
      for (boolean all : new boolean[] {true, false}) {
        long[] words = new long[SecureSumContribution.WORDS];
        double plain = 0;
        for (SecureSumContribution one : mixed) {
          if (all || !misled.contains(one.party())) {
            FixedPoint.add(words, 0, one.word(0), one.word(1));
            plain += one.party();
          }
        }
        long[] expected = new long[SecureSumContribution.WORDS];
        scale.encode(plain, 0, expected, 0);
        // of 128 uniform bits the upper 64 hit the right ones once in 2^64
        assertThat(words[1]).isNotEqualTo(expected[1]);
      }
    }
  }

  @Test
  void keysThatGiveNoSecretAreRefused() {
    SecureSumKeys own = SecureSumKeys.generate();
    // u = 0 has small order: the shared secret would be zero
    for (byte[] bad : new byte[][] {new byte[32], new byte[31], new byte[0]}) {
      assertThatThrownBy(() -> new SecureSumParty(0, own, List.of(own.publicKey(), bad), SESSION))
          .isInstanceOf(SecureSumException.class)
          .hasMessageContaining("party 1");
    }
    assertThatThrownBy(
            () -> new SecureSumParty(0, own, List.of(own.publicKey(), own.publicKey()), SESSION))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("public key of party 0");
  }

  /** RFC 5869 and RFC 7748 have no joint vector; both ends deriving the same key is what counts. */
  @Test
  void bothEndsDeriveTheSameKey() {
    SecureSumKeys one = SecureSumKeys.generate();
    SecureSumKeys two = SecureSumKeys.generate();
    assertThat(one.sharedKey(3, two.publicKey(), 8, SESSION))
        .hasSize(32)
        .isEqualTo(two.sharedKey(8, one.publicKey(), 3, SESSION));
  }

  @Test
  void contributionsSurviveTheWire() {
    FixedPoint scale = FixedPoint.forSum(1, 2);
    List<SecureSumContribution> read =
        contributions(parties(2), 9, new double[][] {{0.25}, {0.5}}, scale).stream()
            .map(c -> SecureSumContribution.fromBytes(c.toBytes()))
            .toList();
    assertThat(new SecureSumAggregator(2).sum(9, read, scale)).containsExactly(0.75);
    for (int length : new int[] {0, 12, 20, 27, 29, 36}) {
      assertThatThrownBy(() -> SecureSumContribution.fromBytes(new byte[length]))
          .isInstanceOf(SecureSumException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 17, 18, 33, 60})
  void partnershipIsMutualAndOfTheDegreePromised(int count) {
    for (int party = 0; party < count; party++) {
      int[] partners = SecureSumGraph.partners(party, count);
      assertThat(partners).hasSize(Math.min(count - 1, SecureSumGraph.DEGREE));
      for (int partner : partners) {
        assertThat(SecureSumGraph.partners(partner, count)).contains(party);
      }
    }
  }

  @Test
  void honestPartiesStayConnectedUpToTheCollusionBound() {
    int count = 60;
    Random random = new Random(3);
    int bound = SecureSumGraph.DEGREE - 1;
    for (int trial = 0; trial < 200; trial++) {
      Set<Integer> colluders = new HashSet<>();
      // half of the trials around one victim, where a cut is cheapest
      int[] near = SecureSumGraph.partners(trial % count, count);
      while (colluders.size() < bound) {
        colluders.add(trial % 2 == 0 ? near[random.nextInt(near.length)] : random.nextInt(count));
      }
      assertThat(componentOfTheFirstHonest(colluders, count)).isEqualTo(count - bound);
    }
    // and one more cuts a party off
    Set<Integer> partners = new HashSet<>();
    for (int partner : SecureSumGraph.partners(0, count)) {
      partners.add(partner);
    }
    assertThat(componentOfTheFirstHonest(partners, count)).isEqualTo(1);
  }

  private static int componentOfTheFirstHonest(Set<Integer> colluders, int count) {
    Set<Integer> reached = new HashSet<>();
    ArrayDeque<Integer> open = new ArrayDeque<>();
    for (int party = 0; party < count && open.isEmpty(); party++) {
      if (!colluders.contains(party)) {
        open.add(party);
        reached.add(party);
      }
    }
    while (!open.isEmpty()) {
      for (int partner : SecureSumGraph.partners(open.poll(), count)) {
        if (!colluders.contains(partner) && reached.add(partner)) {
          open.add(partner);
        }
      }
    }
    return reached.size();
  }

  @Test
  void aSumOfOneIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SecureSumAggregator(1));
    assertThatIllegalArgumentException().isThrownBy(() -> SecureSumGraph.partners(0, 1));
  }

  @Test
  void aClosedPartyMasksNothing() {
    SecureSumParty party = parties(2).get(0);
    party.close();
    assertThatThrownBy(() -> party.mask(0, new double[1], FixedPoint.forSum(1, 2)))
        .isInstanceOf(IllegalStateException.class);
  }
}
