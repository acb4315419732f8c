package io.dualgrid.parties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.securesum.FixedPoint;
import io.dualgrid.securesum.SecureSumContribution;
import io.dualgrid.securesum.SecureSumException;
import io.dualgrid.securesum.SecureSumKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SecureScalarSumsTest {
  private static final int PARTIES = 9;
  private static final int VALUES = 40;

  private static SecureScalarSums sums(int count, WorkerPool pool) {
    return sums(count, pool, PartyHooks.NONE);
  }

  private static SecureScalarSums sums(int count, WorkerPool pool, PartyHooks hooks) {
    return new SecureScalarSums(IntStream.range(0, count).boxed().toList(), pool, hooks);
  }

  /** Notes by key every fingerprint that is told of it. */
  private static class Fingerprints implements PartyHooks {
    final Map<String, Set<String>> told = new TreeMap<>();

    @Override
    public void fingerprint(String key, String holder, String fingerprint) {
      told.computeIfAbsent(key, name -> new TreeSet<>()).add(fingerprint);
    }
  }

  /** With an honest operator all holders of a key tell the same; a swapped one is found. */
  @Test
  void aSwappedKeyShowsInTheFingerprintsAndSpoilsTheSum() {
    Fingerprints honest = new Fingerprints();
    Fingerprints swapping =
        new Fingerprints() {
          @Override
          public byte[] sumKey(int owner, int receiver, byte[] key) {
            return owner == 2 && receiver == 0 ? SecureSumKeys.generate().publicKey() : key;
          }
        };
    List<double[]> reports = List.of(new double[] {1}, new double[] {2}, new double[] {3});
    try (WorkerPool pool = new WorkerPool(1);
        SecureScalarSums good = sums(3, pool, honest);
        SecureScalarSums bad = sums(3, pool, swapping)) {
      assertThat(honest.told).hasSize(3);
      assertThat(honest.told.values()).allMatch(fingerprints -> fingerprints.size() == 1);
      assertThat(good.sum(reports)).containsExactly(6.0);
      assertThat(swapping.told.get("secure sums, key of node 2")).hasSize(2);
      assertThat(swapping.told.get("secure sums, key of node 1")).hasSize(1);
      assertThatThrownBy(() -> bad.sum(reports))
          .isInstanceOf(SecureSumException.class)
          .hasMessageContaining("the masks do not cancel");
    }
  }

  @Test
  void aContributionChangedOnTheWayIsFound() {
    PartyHooks changing =
        new PartyHooks() {
          @Override
          public SecureSumContribution contribution(SecureSumContribution contribution) {
            byte[] bytes = contribution.toBytes();
            bytes[bytes.length - 1] ^= 1; // in the number that sums to zero
            return SecureSumContribution.fromBytes(bytes);
          }
        };
    try (WorkerPool pool = new WorkerPool(1);
        SecureScalarSums sums = sums(3, pool, changing)) {
      double[] one = {1};
      assertThatThrownBy(() -> sums.sum(List.of(one, one, one)))
          .isInstanceOf(SecureSumException.class)
          .hasMessageContaining("the masks do not cancel");
    }
  }

  /** A part without a bound once ended a third of the encrypted runs of 6-bus. */
  @Test
  void anEnergySystemWithoutABoundEndsNoSum() {
    try (WorkerPool pool = new WorkerPool(1);
        SecureScalarSums sums = sums(3, pool)) {
      double[] bounded = PriceBound.report(1.5, new double[] {2.0, -1.0});
      double[] unbounded = PriceBound.report(Double.NEGATIVE_INFINITY, new double[] {2.0, -1.0});
      assertThat(PriceBound.of(sums.sum(List.of(bounded, unbounded, bounded))).value())
          .isEqualTo(Double.NEGATIVE_INFINITY);
      // three numbers that are multiples of the resolution, a power of two
      assertThat(PriceBound.of(sums.sum(List.of(bounded, bounded, bounded))).value())
          .isEqualTo(4.5);
    }
  }

  /** Each summand is off by half a resolution; adding doubles loses a last bit each time. */
  @Test
  void equalsThePlainSumWithinItsResolution() {
    Random random = new Random(3);
    double resolution = FixedPoint.forSum(0x1p36, PARTIES).resolution();
    try (WorkerPool pool = new WorkerPool(2);
        SecureScalarSums sums = sums(PARTIES, pool)) {
      for (int round = 0; round < 5; round++) {
        List<double[]> reports = new ArrayList<>();
        double[] magnitude = new double[VALUES];
        for (int p = 0; p < PARTIES; p++) {
          double[] report = new double[VALUES];
          for (int i = 0; i < VALUES; i++) {
            report[i] = random.nextGaussian() * Math.scalb(1.0, random.nextInt(90) - 60);
            magnitude[i] += Math.abs(report[i]);
          }
          reports.add(report);
        }
        double[] plain = ScalarSums.PLAIN.sum(reports);
        double[] secure = sums.sum(reports);
        for (int i = 0; i < VALUES; i++) {
          double error = PARTIES * (resolution / 2 + Math.ulp(magnitude[i]));
          assertThat(secure[i]).isCloseTo(plain[i], within(error));
        }
      }
    }
  }

  @Test
  void refusesWhatIsNotFiniteWithoutSayingIt() {
    try (WorkerPool pool = new WorkerPool(1);
        SecureScalarSums sums = sums(2, pool)) {
      assertThatThrownBy(() -> sums.sum(List.of(new double[] {1}, new double[] {Double.NaN})))
          .isInstanceOf(SecureSumException.class)
          .hasMessageContaining("entry 0");
    }
  }
}
