package io.dualgrid.consensus.newton;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepGridTest {
  @Test
  void takesTheLongestStepThatFits() {
    for (double longest : new double[] {1.0, 0.999, 0.97, 0.5, 0.1, 0.03, 1e-3, 2e-6, 1e-9, 0.0}) {
      int level = StepGrid.level(longest);
      assertThat(StepGrid.step(level)).isLessThanOrEqualTo(longest);
      if (level > 0) {
        assertThat(StepGrid.step(level - 1)).isGreaterThan(longest);
      }
    }
    assertThat(StepGrid.step(0)).isEqualTo(1.0);
    assertThat(StepGrid.step(StepGrid.LEVELS - 1)).isZero();
  }

  @Test
  void losesThreePerCentAtMostWhereStepsAreLong() {
    for (double longest = 0.1; longest < 1.0; longest += 0.001) {
      assertThat(StepGrid.step(StepGrid.level(longest))).isGreaterThanOrEqualTo(0.97 * longest);
    }
  }
}
