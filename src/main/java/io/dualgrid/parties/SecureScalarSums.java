package io.dualgrid.parties;

import io.dualgrid.consensus.FixedPoint;
import io.dualgrid.consensus.SecureSumAggregator;
import io.dualgrid.consensus.SecureSumContribution;
import io.dualgrid.consensus.SecureSumKeys;
import io.dualgrid.consensus.SecureSumParty;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sums that the operator learns without learning a summand, see {@link SecureSumParty}. Each value
 * goes as two words, a coarse part and the rest, which together span magnitudes from 2^36 down to
 * about 2^−50: inner products, counts and costs need no bounds of their own.
 */
final class SecureScalarSums implements ScalarSums, AutoCloseable {
  private static final double BOUND = 0x1p36;
  private static final int COARSE_BITS = 6;

  private final List<SecureSumParty> parties = new ArrayList<>();
  private final SecureSumAggregator aggregator;
  private final WorkerPool pool;
  private final FixedPoint coarse;
  private final FixedPoint fine;
  private long round;

  /** Has every energy system make keys, which the operator relays. */
  SecureScalarSums(int count, WorkerPool pool) {
    this.pool = pool;
    byte[] session = new byte[16];
    new SecureRandom().nextBytes(session);
    List<SecureSumKeys> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(SecureSumKeys.generate());
    }
    List<byte[]> publicKeys = keys.stream().map(SecureSumKeys::publicKey).toList();
    List<Integer> indices = IntStream.range(0, count).boxed().toList();
    parties.addAll(pool.map(indices, i -> new SecureSumParty(i, keys.get(i), publicKeys, session)));
    aggregator = new SecureSumAggregator(count);
    coarse = new FixedPoint(BOUND, COARSE_BITS);
    fine = FixedPoint.forSum(Math.scalb(1.0, -COARSE_BITS), count);
  }

  @Override
  public double[] sum(List<double[]> reports) {
    int entries = reports.get(0).length;
    FixedPoint[] scales = new FixedPoint[2 * entries];
    java.util.Arrays.fill(scales, 0, entries, coarse);
    java.util.Arrays.fill(scales, entries, 2 * entries, fine);
    long thisRound = ++round;
    List<Integer> indices = IntStream.range(0, parties.size()).boxed().toList();
    List<SecureSumContribution> contributions =
        pool.map(indices, i -> parties.get(i).mask(thisRound, split(reports.get(i)), scales));
    double[] words = aggregator.sum(thisRound, contributions, scales);
    double[] sum = new double[entries];
    for (int e = 0; e < entries; e++) {
      sum[e] = words[e] + words[entries + e];
    }
    return sum;
  }

  private static double[] split(double[] report) {
    double[] words = new double[2 * report.length];
    for (int e = 0; e < report.length; e++) {
      double high = Math.scalb(Math.rint(Math.scalb(report[e], COARSE_BITS)), -COARSE_BITS);
      words[e] = high;
      words[report.length + e] = report[e] - high;
    }
    return words;
  }

  @Override
  public void close() {
    parties.forEach(SecureSumParty::close);
  }
}
