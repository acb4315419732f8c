package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.generate.FeederGenerator;
import io.dualgrid.caseio.generate.FeederShape;
import io.dualgrid.site.GridCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Made-up feeders of all shapes; the accelerated algorithm was tuned on none but the long chain.
 */
@OneRound
class FeederShapesTest {
  private static final int NODES = 40;
  private static final long SEED = 1;

  /** As fast solvers differ in their last digits, the limit leaves room beyond the count seen. */
  private static final int MOST_ITERATIONS = 400;

  @ParameterizedTest
  @EnumSource
  void converge(FeederShape shape) {
    converges(new FeederGenerator.Options(NODES, shape, SEED), MOST_ITERATIONS);
  }

  /**
   * Its residuals fall by a hundredth an iteration, which is no drift: where it was taken for one,
   * penalties changed every four iterations, and this run was nowhere after 400.
   */
  @Test
  void convergeAlongAChainWhoseResidualsFallSlowly() {
    converges(new FeederGenerator.Options(90, FeederShape.CHAIN, 12), 200);
  }

  private static void converges(FeederGenerator.Options options, int mostIterations) {
    GridCase feeder = FeederGenerator.generate(options);
    RunSettings settings =
        SixBus.settings(Privacy.NONE).toBuilder()
            .qpBackend("java")
            .ckksBackend("java")
            .maxIterations(mostIterations)
            .threads(2)
            .build();
    double optimum = DispatchEngine.central(feeder, settings).totalCost();
    RunResult result = DispatchEngine.run(feeder, settings, RunObserver.NONE);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.maxVoltageMismatchPu()).isLessThan(1e-5);
    assertThat(result.totalCost()).isCloseTo(optimum, withinPercentage(SixBus.GAP_PERCENT));
    assertThat(result.history())
        .allSatisfy(
            record -> {
              if (Double.isFinite(record.lowerBound())) {
                // the bounds are right to 1e-8, and so is the optimum
                assertThat(record.lowerBound()).isLessThanOrEqualTo(optimum * (1 + 1e-7));
              }
            });
  }
}
