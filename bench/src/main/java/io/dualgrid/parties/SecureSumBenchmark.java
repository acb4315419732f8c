package io.dualgrid.parties;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The three secure sums of an iteration over 60 energy systems: P and Q of both hubs, then the
 * report.
 */
public class SecureSumBenchmark extends StepBenchmark {
  /** Entries of the sums; the third is that of inner products, distances, counts and movements. */
  static final int[] ENTRIES = {48, 48, 1 + 2 * AcceleratedCoordinator.MEMORY + 10};

  private static final int PARTIES = 60;

  private WorkerPool pool;
  private SecureScalarSums sums;
  private final List<List<double[]>> reports = new ArrayList<>();

  @Setup
  public void setUp() {
    pool = new WorkerPool(1);
    sums =
        new SecureScalarSums(IntStream.range(0, PARTIES).boxed().toList(), pool, PartyHooks.NONE);
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
      blackhole.consume(sums.sum(ofAll));
    }
  }

  @TearDown
  public void tearDown() {
    sums.close();
    pool.close();
  }
}
