package io.dualgrid.parties;

import io.dualgrid.securesum.FixedPoint;
import io.dualgrid.securesum.SecureSumAggregator;
import io.dualgrid.securesum.SecureSumContribution;
import io.dualgrid.securesum.SecureSumGraph;
import io.dualgrid.securesum.SecureSumKeys;
import io.dualgrid.securesum.SecureSumParty;
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
  private final PartyHooks hooks;
  private long round;

  /**
   * Has every energy system make keys, which the operator relays.
   *
   * @param nodes ids of the energy systems, in order
   * @param hooks see every key and contribution
   */
  SecureScalarSums(List<Integer> nodes, WorkerPool pool, PartyHooks hooks) {
    int count = nodes.size();
    this.pool = pool;
    this.hooks = hooks;
    byte[] session = new byte[16];
    new SecureRandom().nextBytes(session);
    List<SecureSumKeys> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(SecureSumKeys.generate());
    }
    List<List<byte[]>> received = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      received.add(relay(i, nodes, keys));
    }
    List<Integer> indices = IntStream.range(0, count).boxed().toList();
    parties.addAll(
        pool.map(indices, i -> new SecureSumParty(i, keys.get(i), received.get(i), session)));
    aggregator = new SecureSumAggregator(count);
    scale = FixedPoint.forSum(BOUND, count);
  }

  /** The keys as one energy system gets them: its partners' through the operator. */
  private List<byte[]> relay(int receiver, List<Integer> nodes, List<SecureSumKeys> keys) {
    List<byte[]> arrived = new ArrayList<>();
    keys.forEach(pair -> arrived.add(pair.publicKey()));
    String holder = "node " + nodes.get(receiver);
    hooks.fingerprint(
        name(nodes.get(receiver)), holder, SecureSumKeys.fingerprint(arrived.get(receiver)));
    for (int owner : SecureSumGraph.partners(receiver, nodes.size())) {
      byte[] key = hooks.sumKey(owner, receiver, arrived.get(owner));
      arrived.set(owner, key);
      hooks.fingerprint(name(nodes.get(owner)), holder, SecureSumKeys.fingerprint(key));
    }
    return arrived;
  }

  private static String name(int node) {
    return "secure sums, key of node " + node;
  }

  @Override
  public double[] sum(List<double[]> reports) {
    long thisRound = ++round;
    List<Integer> indices = IntStream.range(0, parties.size()).boxed().toList();
    List<SecureSumContribution> contributions =
        pool.map(indices, i -> parties.get(i).mask(thisRound, reports.get(i), scale)).stream()
            .map(hooks::contribution)
            .toList();
    return aggregator.sum(thisRound, contributions, scale);
  }

  @Override
  public void close() {
    parties.forEach(SecureSumParty::close);
  }
}
