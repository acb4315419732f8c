package io.dualgrid.run;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.ckks.ParameterSet;
import io.dualgrid.mask.MaskKind;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole iterations of one run on yingkou-60, on all processors: what a user waits for. Each shot is
 * the next iteration of the same run, the first ones being the warm-up; the interval is over
 * iterations, of which every twentieth evaluates a lower bound besides and some draw new masks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 40)
@Fork(
    value = 2,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx3g"})
public class IterationBenchmark {
  /** Privacy mode, with the CKKS parameters where it encrypts. */
  @Param({"none", "rmme", "ckks-compact", "ckks-published", "dual-compact", "dual-published"})
  public String privacy;

  @Param({"native", "java"})
  public String backends;

  private SteppedRun run;

  @Setup
  public void setUp() {
    String[] parts = privacy.split("-");
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.valueOf(parts[0].toUpperCase(java.util.Locale.ROOT)))
            .ckksParameters(
                parts.length > 1
                    ? ParameterSet.valueOf(parts[1].toUpperCase(java.util.Locale.ROOT))
                    : ParameterSet.COMPACT)
            .mask(MaskKind.HARDENED)
            .build();
    settings =
        backends.equals("native")
            ? settings.toBuilder().qpBackend("native").ckksBackend("seal").build()
            : settings.toBuilder().qpBackend("java").ckksBackend("java").build();
    run = new SteppedRun(settings);
  }

  @Benchmark
  public void iteration() {
    run.step();
  }

  @TearDown
  public void tearDown() {
    run.end();
  }

  /** A run of the engine that waits for leave before each iteration. */
  private static final class SteppedRun implements RunObserver {
    private final Semaphore go = new Semaphore(0);
    private final Semaphore done = new Semaphore(0);
    private final Thread thread;
    private volatile boolean ended;
    private volatile boolean finished;
    private volatile Throwable failure;

    SteppedRun(RunSettings settings) {
      thread =
          new Thread(
              () -> {
                try {
                  DispatchEngine.run(CaseLocator.read(BenchFeeder.CASE), settings, this);
                } catch (Throwable e) {
                  failure = e;
                }
                finished = true;
                done.release();
              },
              "run");
      thread.start();
      done.acquireUninterruptibly();
      requireAlive();
    }

    private void requireAlive() {
      if (failure != null) {
        throw new IllegalStateException("the run has failed", failure);
      }
    }

    @Override
    public void started(double setupSeconds) {
      handOver();
    }

    @Override
    public void iteration(IterationRecord iteration) {
      handOver();
    }

    @Override
    public boolean cancelled() {
      return ended;
    }

    private void handOver() {
      done.release();
      go.acquireUninterruptibly();
    }

    void step() {
      go.release();
      done.acquireUninterruptibly();
      requireAlive();
      if (finished) {
        throw new IllegalStateException("the run ended: ask for fewer iterations");
      }
    }

    void end() {
      ended = true;
      // once for the last iteration, once more in case it has not begun
      go.release(2);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
