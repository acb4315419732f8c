package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.qp.osqp.OsqpSolverFactory;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code Thread.interrupt()} at random moments of a run through the Java API: it ends the run after
 * its iteration, and nothing is closed that a helper still uses. scripts/check-native-lifetimes
 * takes many turns.
 */
class InterruptedThreadTest {
  private static final int TURNS = Integer.getInteger("dualgrid.lifetime.turns", 100) / 20;

  @ParameterizedTest
  @CsvSource({"NONE, auto", "NONE, osqp", "DUAL, auto", "CKKS, auto"})
  void endsTheRunAfterItsIteration(Privacy privacy, String qp) throws InterruptedException {
    assumeTrue(!qp.equals("osqp") || new OsqpSolverFactory().status().available(), "no OSQP");
    Random random = new Random(11);
    RunSettings settings =
        RunSettings.builder()
            .privacy(privacy)
            .qpBackend(qp)
            .ckksBackend("auto")
            .maxIterations(100_000)
            .threads(3)
            .algorithm(Algorithm.PUBLISHED)
            .stopping(Stopping.STRICT)
            .build();
    for (int turn = 0; turn < TURNS; turn++) {
      AtomicReference<RunResult> result = new AtomicReference<>();
      AtomicReference<Boolean> flagKept = new AtomicReference<>();
      Thread runner =
          new Thread(
              () -> {
                result.set(DispatchEngine.run(SixBus.CASE, settings, RunObserver.NONE));
                flagKept.set(Thread.currentThread().isInterrupted());
              });
      runner.start();
      TimeUnit.MICROSECONDS.sleep(random.nextInt(200_000));
      runner.interrupt();
      runner.join(TimeUnit.SECONDS.toMillis(60));
      assertThat(runner.isAlive()).isFalse();
      assertThat(result.get().status()).isIn(RunStatus.INTERRUPTED, RunStatus.CONVERGED);
      if (result.get().status() == RunStatus.INTERRUPTED) {
        assertThat(flagKept.get()).isTrue();
      }
    }
  }
}
