package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.OneRound;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The published algorithm under its own stopping rule, to its end. */
class PublishedRunTest {
  private static RunResult plain;

  private static RunResult run(Privacy privacy) {
    return SixBus.run(
        SixBus.settings(privacy).toBuilder()
            .algorithm(Algorithm.PUBLISHED)
            .stopping(Stopping.PUBLISHED)
            .qpBackend("java")
            .ckksBackend("auto")
            .maxIterations(400)
            .threads(2)
            .build());
  }

  @BeforeAll
  static void withoutPrivacy() {
    plain = run(Privacy.NONE);
  }

  /** The demo takes 279 iterations; its solver is less accurate, by which counts differ by ten. */
  @Test
  void takesAboutAsManyIterationsAsTheDemo() {
    assertThat(plain.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(plain.iterations()).isBetween(260, 310);
    assertThat(plain.totalCost()).isCloseTo(SixBus.CENTRAL.totalCost(), withinPercentage(0.1));
  }

  /**
   * The schedule compares the same sums in all modes, and the errors of encryption (1e-7) and of
   * the cloud (1e-9) are far below the stopping rule's 1e-5: so the penalty is raised in the same
   * iterations, and the end comes at the same time, give or take what 1 % of the tolerance is
   * worth: residuals fall by 3 % an iteration. Masks alone and encryption alone are parts of this.
   */
  @OneRound
  @Test
  void takesTheSameCourseWithMasksAndEncryption() {
    RunResult hidden = run(Privacy.DUAL);
    assertThat(hidden.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(hidden.iterations()).isCloseTo(plain.iterations(), within(2));
    for (int k = 0; k < Math.min(hidden.iterations(), plain.iterations()); k++) {
      assertThat(hidden.history().get(k).penalty())
          .as("penalty in iteration %d", k + 1)
          .isEqualTo(plain.history().get(k).penalty());
    }
    // residuals of 10 W and 1e-2 p.u. are worth about 0.005 % here
    assertThat(hidden.totalCost()).isCloseTo(plain.totalCost(), withinPercentage(0.005));
  }
}
