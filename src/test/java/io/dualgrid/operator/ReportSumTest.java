package io.dualgrid.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.consensus.PriceBound;
import io.dualgrid.consensus.SummedMaximum;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.securesum.FixedPoint;
import io.dualgrid.securesum.SecureSumException;
import io.dualgrid.securesum.SecureSumKeys;
import io.dualgrid.securesum.SecureSumParty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportSumTest {
  private static final int PARTIES = 9;
  private static final int VALUES = 40;

  /** Energy systems that mask their reports. */
  private static final class Edges {
    private final List<SecureSumParty> parties = new ArrayList<>();
    private final ReportSum sum;
    private final FixedPoint scale;
    private long round;

    Edges(int count) {
      List<SecureSumKeys> keys = Stream.generate(SecureSumKeys::generate).limit(count).toList();
      List<byte[]> publicKeys = keys.stream().map(SecureSumKeys::publicKey).toList();
      for (int i = 0; i < count; i++) {
        parties.add(new SecureSumParty(i, keys.get(i), publicKeys, new byte[16]));
      }
      sum = ReportSum.masked(count);
      scale = FixedPoint.forReports(count);
    }

    double[] sum(List<double[]> reports) {
      round++;
      return summed(round, masked(reports));
    }

    double[] summed(long ofRound, List<Payload> masked) {
      return sum.read(ofRound, sum.add(ofRound, masked));
    }

    List<Payload> masked(List<double[]> reports) {
      return IntStream.range(0, reports.size())
          .<Payload>mapToObj(
              i -> new Payload.Hidden(parties.get(i).mask(round, reports.get(i), scale).toBytes()))
          .toList();
    }
  }

  private static double[] plain(List<double[]> reports) {
    Payload sum =
        ReportSum.PLAIN.add(1, reports.stream().<Payload>map(Payload.Plain::new).toList());
    return ReportSum.PLAIN.read(1, sum);
  }

  @Test
  void aContributionChangedOnTheWayIsFound() {
    Edges edges = new Edges(3);
    double[] one = {1};
    List<Payload> masked = new ArrayList<>(edges.masked(List.of(one, one, one)));
    byte[] bytes = ((Payload.Hidden) masked.get(1)).bytes();
    bytes[bytes.length - 1] ^= 1; // in the number that sums to zero
    masked.set(1, new Payload.Hidden(bytes));
    assertThatThrownBy(() -> edges.summed(0, masked))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("the masks do not cancel");
  }

  @Test
  void reportsInTheClearAndMaskedOnesDoNotMix() {
    Edges edges = new Edges(2);
    List<Payload> masked = edges.masked(List.of(new double[] {1}, new double[] {2}));
    List<Payload> mixed = List.of(masked.get(0), new Payload.Plain(new double[] {2}));
    assertThatThrownBy(() -> edges.summed(0, mixed))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("in the clear where masks were agreed");
    assertThatThrownBy(() -> ReportSum.PLAIN.add(0, mixed))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("a masked report where none was agreed");
    assertThatThrownBy(() -> plain(List.of(new double[2], new double[3])))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("reports of 3 and 2 numbers");
  }

  /** A part without a bound once ended a third of the encrypted runs of 6-bus. */
  @Test
  void anEnergySystemWithoutABoundEndsNoSum() {
    Edges edges = new Edges(3);
    double[] bounded = PriceBound.report(1.5, new double[] {2.0, -1.0});
    double[] unbounded = PriceBound.report(Double.NEGATIVE_INFINITY, new double[] {2.0, -1.0});
    assertThat(PriceBound.of(edges.sum(List.of(bounded, unbounded, bounded))).value())
        .isEqualTo(Double.NEGATIVE_INFINITY);
    // three numbers that are multiples of the resolution, a power of two
    assertThat(PriceBound.of(edges.sum(List.of(bounded, bounded, bounded))).value()).isEqualTo(4.5);
  }

  /** Each summand is off by half a resolution; adding doubles loses a last bit each time. */
  @Test
  void equalsThePlainSumWithinItsResolution() {
    Random random = new Random(3);
    double resolution = FixedPoint.forReports(PARTIES).resolution();
    Edges edges = new Edges(PARTIES);
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
      double[] plain = plain(reports);
      double[] secure = edges.sum(reports);
      for (int i = 0; i < VALUES; i++) {
        double error = PARTIES * (resolution / 2 + Math.ulp(magnitude[i]));
        assertThat(secure[i]).isCloseTo(plain[i], within(error));
      }
    }
  }

  /** A share is off by 2^-77 in a secure sum, the sum is 2^-8 at least if values fall by half. */
  @Test
  void theSummedMaximumIsTheSameFromMaskedReports() {
    SummedMaximum plain = new SummedMaximum();
    SummedMaximum hidden = new SummedMaximum();
    Edges edges = new Edges(3);
    for (double size = 8.0; size > 1e-6; size /= 2) {
      double[] values = {size, 0.3 * size, 0.0};
      double expected = plain.read(plain(shares(plain, values))[0]);
      assertThat(hidden.read(edges.sum(shares(hidden, values))[0]))
          .isCloseTo(expected, within(1e-14 * expected));
    }
  }

  private static List<double[]> shares(SummedMaximum norm, double[] values) {
    return Arrays.stream(values)
        .mapToObj(value -> new double[] {SummedMaximum.share(value, norm.scale())})
        .toList();
  }

  @Test
  void refusesWhatIsNotFiniteWithoutSayingIt() {
    Edges edges = new Edges(2);
    assertThatThrownBy(() -> edges.sum(List.of(new double[] {1}, new double[] {Double.NaN})))
        .isInstanceOf(SecureSumException.class)
        .hasMessageContaining("entry 0");
  }
}
