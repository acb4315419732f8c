package io.dualgrid.securesum;

import io.dualgrid.consensus.ProductReport;
import io.dualgrid.keys.KeyAccelerator;
import io.dualgrid.run.StepBenchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The masks of all 60 parties of the secure sums of an iteration of the accelerated consensus, each
 * under the keys with 16 partners: what secure sums cost beside encoding and adding.
 */
public class PairMasksBenchmark extends StepBenchmark {
  private static final int PARTIES = 60;
  private static final int PARTNERS = 16;
  private static final int KEY_BYTES = 32;

  /** Entries of the two sums, and one more in each that must cancel to zero. */
  private static final int[] NUMBERS = {4 * 24 + 1, ProductReport.LENGTH + 1};

  @Param({"native", "java"})
  public String keys;

  private final List<KeyAccelerator.Masks> parties = new ArrayList<>();
  private final List<long[]> words = new ArrayList<>();
  private final byte[] agreed = new byte[16];
  private long round;

  @Setup
  public void setUp() {
    Random random = new Random(SEED);
    byte[] shared = new byte[PARTNERS * KEY_BYTES];
    for (int party = 0; party < PARTIES; party++) {
      random.nextBytes(shared);
      parties.add(
          keys.equals("native")
              ? KeyAccelerator.available().orElseThrow().masks(shared, PARTNERS / 2)
              : new JavaPairMasks(shared, PARTNERS / 2));
    }
    for (int numbers : NUMBERS) {
      words.add(random.longs((long) SecureSumContribution.WORDS * numbers).toArray());
    }
  }

  @Benchmark
  public void pairMasks(Blackhole blackhole) {
    for (long[] of : words) {
      round++;
      for (KeyAccelerator.Masks party : parties) {
        party.add(agreed, round, of);
      }
      blackhole.consume(of);
    }
  }

  @TearDown
  public void tearDown() {
    parties.forEach(KeyAccelerator.Masks::close);
  }
}
