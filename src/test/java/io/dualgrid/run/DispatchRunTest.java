package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.qp.osqp.OsqpSolverFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole runs of the 6-bus case. */
class DispatchRunTest {
  @ParameterizedTest
  @EnumSource(Privacy.class)
  void convergesStrictlyInEveryPrivacyMode(Privacy privacy) {
    RunResult result = SixBus.run(SixBus.settings(privacy));
    double optimum = SixBus.CENTRAL.totalCost();
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.iterations()).isLessThanOrEqualTo(100);
    assertThat(result.totalCost()).isCloseTo(optimum, withinPercentage(SixBus.GAP_PERCENT));
    // the central optimum is known to a relative 1e-8 only
    assertThat(result.lowerBound())
        .isLessThanOrEqualTo(optimum * (1 + 1e-8))
        .isLessThanOrEqualTo(result.totalCost());
    // two sites in one half: no sum over it, and a word about that
    assertThat(result.notices().stream().filter(notice -> notice.contains("price hub")))
        .hasSize(privacy.encryptsMessages() ? 1 : 0);
  }

  /** What the certificate vouches for is one point that all agree on, within all limits. */
  @Test
  void endsWithEqualCopiesOfEveryLineAndVoltagesWithinLimits() {
    RunResult result = SixBus.run(SixBus.settings(Privacy.NONE));
    assertThat(result.status()).isEqualTo(RunStatus.CONVERGED);
    IterationRecord last = result.history().get(result.iterations() - 1);
    assertThat(last.mismatchP()).isLessThan(Stopping.TOLERANCE);
    assertThat(last.mismatchQ()).isLessThan(Stopping.TOLERANCE);
    assertThat(last.mismatchV()).isLessThan(Stopping.TOLERANCE);
    assertThat(last.aboveTolerance()).isZero();
    // a solver's tolerance of 1e-6 may be beyond the limits
    assertThat(result.voltageMinPu()).isGreaterThan(SixBus.CASE.limits().voltageMinPu() - 1e-6);
    assertThat(result.voltageMaxPu()).isLessThan(SixBus.CASE.limits().voltageMaxPu() + 1e-6);
    SixBus.CASE
        .lines()
        .forEach(
            line -> {
              String name = line.from() + "-" + line.to();
              for (String quantity : new String[] {"P", "Q", "V"}) {
                double[] up = series(result, name, quantity + "_upstream");
                double[] down = series(result, name, quantity + "_downstream");
                double base = quantity.equals("V") ? 1 : SixBus.CASE.limits().basePowerKw();
                for (int t = 0; t < up.length; t++) {
                  // twice the tolerance: each is that far from their mean
                  assertThat(Math.abs(up[t] - down[t]) / base)
                      .as("%s %s at step %s", name, quantity, t)
                      .isLessThan(2 * Stopping.TOLERANCE);
                }
              }
            });
  }

  private static double[] series(RunResult result, String node, String quantity) {
    return result.dispatch().stream()
        .filter(series -> series.node().equals(node) && series.quantity().equals(quantity))
        .findFirst()
        .orElseThrow()
        .values();
  }

  /** Its rule lets voltages differ by 1e-2, so its cost is held to the promised 0.1 % only. */
  @Test
  void thePublishedAlgorithmConvergesOnTheJavaBackend() {
    RunResult result =
        SixBus.run(
            SixBus.settings(Privacy.NONE).toBuilder()
                .algorithm(Algorithm.PUBLISHED)
                .stopping(Stopping.PUBLISHED)
                .qpBackend("java")
                .ckksBackend("java")
                .maxIterations(600)
                .threads(2)
                .build());
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.totalCost()).isCloseTo(SixBus.CENTRAL.totalCost(), withinPercentage(0.1));
    assertThat(result.backends().get("qp").name()).isEqualTo("java");
  }

  /** Both stop at the same iterate but for their tolerance of 1e-6. */
  @Test
  void thePublishedAlgorithmEndsAtTheSameCostOnOsqp() {
    assumeTrue(new OsqpSolverFactory().status().available(), "there is no native OSQP");
    RunSettings settings =
        SixBus.settings(Privacy.NONE).toBuilder()
            .algorithm(Algorithm.PUBLISHED)
            .stopping(Stopping.PUBLISHED)
            .maxIterations(600)
            .threads(2)
            .build();
    RunResult osqp = SixBus.run(settings.toBuilder().qpBackend("osqp").ckksBackend("java").build());
    RunResult java = SixBus.run(settings.toBuilder().qpBackend("java").ckksBackend("java").build());
    assertThat(osqp.status()).as("%s", osqp.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(osqp.backends().get("qp").name()).isEqualTo("osqp");
    assertThat(osqp.totalCost()).isCloseTo(SixBus.CENTRAL.totalCost(), withinPercentage(0.1));
    assertThat(osqp.totalCost()).isCloseTo(java.totalCost(), withinPercentage(0.01));
  }

  @Test
  void theLastPermittedIterationMayConverge() {
    RunSettings settings =
        SixBus.settings(Privacy.NONE).toBuilder().qpBackend("java").ckksBackend("java").build();
    int needed = SixBus.run(settings).iterations();
    RunResult enough = SixBus.run(settings.toBuilder().maxIterations(needed).threads(2).build());
    assertThat(enough.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(enough.iterations()).isEqualTo(needed);
    RunResult tooFew =
        SixBus.run(settings.toBuilder().maxIterations(needed - 1).threads(2).build());
    assertThat(tooFew.status()).isEqualTo(RunStatus.NOT_CONVERGED);
    assertThat(tooFew.iterations()).isEqualTo(needed - 1);
    assertThat(tooFew.dispatch()).hasSameSizeAs(enough.dispatch());
  }

  @Test
  void anInterruptedRunHandsOverWhatIsKnown() {
    AtomicInteger seen = new AtomicInteger();
    RunObserver impatient =
        new RunObserver() {
          @Override
          public void iteration(IterationRecord iteration) {
            seen.set(iteration.iteration());
          }

          @Override
          public boolean cancelled() {
            return seen.get() >= 3;
          }
        };
    RunResult result =
        DispatchEngine.run(SixBus.CASE, SixBus.settings(Privacy.NONE), impatient, RunHooks.NONE);
    assertThat(result.status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(result.iterations()).isEqualTo(3);
    assertThat(result.totalCost()).isEqualTo(result.history().get(2).cost());
    assertThat(result.dispatch()).isNotEmpty();
  }

  /**
   * Under the published rule, which newton does not know, since a certificate would end the
   * accelerated run sooner.
   */
  @ParameterizedTest
  @EnumSource(value = Algorithm.class, mode = EnumSource.Mode.EXCLUDE, names = "NEWTON")
  void theNumberOfThreadsDoesNotChangeOneBit(Algorithm algorithm) {
    RunSettings settings =
        SixBus.settings(Privacy.NONE).toBuilder()
            .algorithm(algorithm)
            .stopping(Stopping.PUBLISHED)
            .build();
    RunResult one = SixBus.run(settings.toBuilder().maxIterations(20).threads(1).build());
    assertThat(one.iterations()).isGreaterThan(10);
    for (int threads = 2; threads <= 3; threads++) {
      RunResult many = SixBus.run(settings.toBuilder().maxIterations(20).threads(threads).build());
      assertThat(many.iterations()).isEqualTo(one.iterations());
      for (int k = 0; k < one.iterations(); k++) {
        assertThat(figures(many.history().get(k))).isEqualTo(figures(one.history().get(k)));
      }
      assertThat(many.dispatch()).hasSameSizeAs(one.dispatch());
      for (int s = 0; s < one.dispatch().size(); s++) {
        assertThat(many.dispatch().get(s).values()).isEqualTo(one.dispatch().get(s).values());
      }
    }
  }

  private static double[] figures(IterationRecord record) {
    return new double[] {
      record.cost(),
      record.primalResidual(),
      record.dualResidual(),
      record.mismatchP(),
      record.mismatchQ(),
      record.mismatchV(),
      record.lowerBound(),
      record.penalty()
    };
  }
}
