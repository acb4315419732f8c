package io.dualgrid.keys;

import io.dualgrid.run.StepBenchmark;
import java.security.SecureRandom;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** A million normal variates, as masks are drawn from: one of 60 energy systems takes 23,000. */
public class StreamBenchmark extends StepBenchmark {
  private static final int VARIATES = 1_000_000;

  @Param({"native", "java"})
  public String keys;

  private SecureStream stream;

  @Setup
  public void setUp() {
    stream =
        new SecureStream(
            new SecureRandom(),
            keys.equals("native")
                ? Optional.of(KeyAccelerator.available().orElseThrow())
                : Optional.empty());
  }

  @Benchmark
  public void variates(Blackhole blackhole) {
    for (int i = 0; i < VARIATES; i++) {
      blackhole.consume(stream.nextGaussian());
    }
  }
}
