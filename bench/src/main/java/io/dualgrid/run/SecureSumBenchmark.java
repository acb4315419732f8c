package io.dualgrid.run;

import io.dualgrid.consensus.ProductReport;
import io.dualgrid.consensus.newton.NearGrid;
import io.dualgrid.consensus.newton.SensitivityPattern;
import io.dualgrid.consensus.newton.StepGrid;
import io.dualgrid.securesum.FixedPoint;
import io.dualgrid.securesum.SecureSumAggregator;
import io.dualgrid.securesum.SecureSumContribution;
import io.dualgrid.securesum.SecureSumKeys;
import io.dualgrid.securesum.SecureSumParty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The secure sums of an iteration over 60 energy systems, masks of all parties and the operator's
 * sum: of the accelerated consensus P and Q of both hubs in one, then the report; of newton the
 * sweep, the opening, and predictor and corrector with five products.
 */
public class SecureSumBenchmark extends StepBenchmark {
  /** Entries of the sums; the second is that of inner products, distances, counts and movements. */
  static final int[] ENTRIES = {96, ProductReport.LENGTH};

  private static final int STEPS = 24;
  private static final int PRODUCTS = 5;
  private static final int PARTIES = 60;

  private final List<SecureSumParty> parties = new ArrayList<>();
  private final SecureSumAggregator operator = new SecureSumAggregator(PARTIES);
  private final FixedPoint scale = FixedPoint.forReports(PARTIES);
  private final List<List<double[]>> reports = new ArrayList<>();
  private final List<List<double[]>> newtonReports = new ArrayList<>();
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
      reports.add(draw(entries, random));
    }
    for (int entries : newtonEntries()) {
      newtonReports.add(draw(entries, random));
    }
  }

  private static List<double[]> draw(int entries, Random random) {
    List<double[]> ofAll = new ArrayList<>();
    for (int i = 0; i < PARTIES; i++) {
      ofAll.add(random.doubles(entries).toArray());
    }
    return ofAll;
  }

  /** Entries of the sums of an iteration in which no limit has entered. */
  private static int[] newtonEntries() {
    SensitivityPattern pattern = SensitivityPattern.of(STEPS, new int[0], false);
    int prices = pattern.prices();
    int[] entries = new int[6 + PRODUCTS];
    Arrays.fill(entries, prices); // both responses and the products
    entries[0] = NearGrid.TOLD * STEPS;
    entries[1] = prices + 2 + pattern.size();
    entries[2] = 4 + 2 * StepGrid.LEVELS;
    entries[3] = 4 + 2 * StepGrid.LEVELS;
    return entries;
  }

  @Benchmark
  public void secureSum(Blackhole blackhole) {
    sum(reports, blackhole);
  }

  @Benchmark
  public void newtonSums(Blackhole blackhole) {
    sum(newtonReports, blackhole);
  }

  private void sum(List<List<double[]>> sums, Blackhole blackhole) {
    for (List<double[]> ofAll : sums) {
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
