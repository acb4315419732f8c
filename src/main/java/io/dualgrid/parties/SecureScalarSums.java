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
 * Sums that the operator learns without learning a summand, see {@link SecureSumParty}. Numbers
 * have 128 bits and span magnitudes from 2^36 down to 2^−76: inner products, counts and costs need
 * no bounds of their own.
 */
final class SecureScalarSums implements ScalarSums, AutoCloseable {
  private static final double BOUND = 0x1p36;

  private final List<SecureSumParty> parties = new ArrayList<>();
  private final SecureSumAggregator aggregator;
  private final WorkerPool pool;
  private final FixedPoint scale;
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
    scale = FixedPoint.forSum(BOUND, count);
  }

  @Override
  public double[] sum(List<double[]> reports) {
    long thisRound = ++round;
    List<Integer> indices = IntStream.range(0, parties.size()).boxed().toList();
    List<SecureSumContribution> contributions =
        pool.map(indices, i -> parties.get(i).mask(thisRound, reports.get(i), scale));
    return aggregator.sum(thisRound, contributions, scale);
  }

  @Override
  public void close() {
    parties.forEach(SecureSumParty::close);
  }
}
