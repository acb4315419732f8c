package io.dualgrid.run;

import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.ParameterSet;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One step of an iteration, done for all energy systems of yingkou-60 one after the other on one
 * thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx3g"})
public abstract class StepBenchmark {
  /** Of whatever is drawn; what protects draws from the system instead, as in a run. */
  protected static final long SEED = 20260422;

  /** The CKKS parameters of that name, as results and tables have it. */
  protected static CkksParameters parametersOf(String name) {
    return ParameterSet.valueOf(name.toUpperCase(Locale.ROOT)).parameters();
  }
}
