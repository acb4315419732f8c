package io.dualgrid.run;

import io.dualgrid.consensus.ProductReport;
import io.dualgrid.securesum.FixedPoint;
import io.dualgrid.securesum.SecureSumAggregator;
import io.dualgrid.securesum.SecureSumContribution;
import io.dualgrid.securesum.SecureSumKeys;
import io.dualgrid.securesum.SecureSumParty;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The two secure sums of an iteration over 60 energy systems: P and Q of both hubs in one, then the
 * report; masks of all parties and the operator's sum.
 */
public class SecureSumBenchmark extends StepBenchmark {
  /** Entries of the sums; the second is that of inner products, distances, counts and movements. */
  static final int[] ENTRIES = {96, ProductReport.LENGTH};

  private static final int PARTIES = 60;

  private final List<SecureSumParty> parties = new ArrayList<>();
  private final SecureSumAggregator operator = new SecureSumAggregator(PARTIES);
  private final FixedPoint scale = FixedPoint.forReports(PARTIES);
  private final List<List<double[]>> reports = new ArrayList<>();
  private long round;

  @Setup
  public void setUp() {
    List<SecureSumKeys> keys = Stream.generate(SecureSumKeys::generate).limit(PARTIES).toList();
    List<byte[]> publicKeys = keys.stream().map(SecureSumKeys::publicKey).toList();
    for (int i = 0; i < PARTIES; i++) {
      parties.add(new SecureSumParty(i, keys.get(i), publicKeys, new byte[16]));
    }
    Random random = new Random(SEED);
    for (int entries : ENTRIES) {
      List<double[]> ofAll = new ArrayList<>();
      for (int i = 0; i < PARTIES; i++) {
        ofAll.add(random.doubles(entries).toArray());
      }
      reports.add(ofAll);
    }
  }

  @Benchmark
  public void secureSum(Blackhole blackhole) {
    for (List<double[]> ofAll : reports) {
      round++;
      List<SecureSumContribution> contributions = new ArrayList<>();
      for (int i = 0; i < PARTIES; i++) {
        byte[] bytes = parties.get(i).mask(round, ofAll.get(i), scale).toBytes();
        contributions.add(SecureSumContribution.fromBytes(bytes));
      }
      blackhole.consume(operator.sum(round, contributions, scale));
    }
  }

  @TearDown
  public void tearDown() {
    parties.forEach(SecureSumParty::close);
  }
}
