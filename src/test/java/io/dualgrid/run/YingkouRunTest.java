package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.site.GridCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of the 60-node case, whose feeder is 23 levels deep, and of finer steps. */
class YingkouRunTest {
  private static final GridCase YINGKOU = CaseLocator.read("yingkou-60");

  private static RunResult run(GridCase gridCase, RunSettings settings) {
    return DispatchEngine.run(gridCase, settings, RunObserver.NONE);
  }

  /** OSQP alone leaves three solves of node 51 unfinished here. */
  @Test
  void thePublishedAlgorithmLeavesNoSolveUnfinished() {
    RunResult result =
        run(
            YINGKOU,
            SixBus.settings(Privacy.NONE).toBuilder()
                .algorithm(Algorithm.PUBLISHED)
                .stopping(Stopping.PUBLISHED)
                .qpBackend(RoundBackends.osqp())
                .ckksBackend("java")
                .maxIterations(80)
                .threads(2)
                .build());
    assertThat(result.status()).isEqualTo(RunStatus.NOT_CONVERGED);
    assertThat(result.iterations()).isEqualTo(80);
    assertThat(result.notices()).noneMatch(notice -> notice.contains("last iterate was used"));
    // the schedule has brought the copies together: they begin 1 p.u. apart
    assertThat(result.primalResidual()).isLessThan(0.3);
  }

  @OneRound
  @Test
  void theAcceleratedAlgorithmConvergesStrictly() {
    RunResult result =
        run(
            YINGKOU,
            SixBus.settings(Privacy.NONE).toBuilder().maxIterations(1000).threads(2).build());
    double optimum = DispatchEngine.central(YINGKOU, SixBus.settings(Privacy.NONE)).totalCost();
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.totalCost()).isCloseTo(optimum, withinPercentage(SixBus.GAP_PERCENT));
    assertThat(result.lowerBound()).isLessThanOrEqualTo(optimum * (1 + 1e-8));
  }

  /** Halving the steps of the sampled profiles moves the cost, but not by much. */
  @ParameterizedTest
  @CsvSource({"48", "96"})
  void finerStepsConvergeOnTheSmallCase(int steps) {
    RunSettings settings =
        SixBus.settings(Privacy.NONE).toBuilder()
            .steps(steps)
            .maxIterations(300)
            .threads(2)
            .build();
    RunResult result = run(SixBus.CASE, settings);
    double optimum = DispatchEngine.central(SixBus.CASE, settings).totalCost();
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.totalCost()).isCloseTo(optimum, withinPercentage(SixBus.GAP_PERCENT));
    assertThat(result.dispatch()).allMatch(series -> series.values().length == steps);
  }

  /** Too few iterations to converge, enough to bound the optimum from below. */
  @OneRound
  @ParameterizedTest
  @CsvSource({"48", "96"})
  void finerStepsRunOnTheLargeCase(int steps) {
    RunSettings settings =
        SixBus.settings(Privacy.NONE).toBuilder().steps(steps).maxIterations(12).threads(2).build();
    RunResult result = run(YINGKOU, settings);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.NOT_CONVERGED);
    assertThat(result.notices()).containsExactly(RunAssembly.UNDECIDED + RunAssembly.NEWTON_DOES);
    assertThat(result.dispatch()).allMatch(series -> series.values().length == steps);
    double optimum = DispatchEngine.central(YINGKOU, settings).totalCost();
    assertThat(result.lowerBound()).isBetween(0.5 * optimum, optimum * (1 + 1e-8));
  }
}
