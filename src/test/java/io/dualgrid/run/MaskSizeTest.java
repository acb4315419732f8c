package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.generate.FeederGenerator;
import io.dualgrid.caseio.generate.FeederShape;
import io.dualgrid.problem.CaseException;
import io.dualgrid.site.GridCase;
import org.junit.jupiter.api.Test;

class MaskSizeTest {
  private final GridCase star =
      FeederGenerator.generate(new FeederGenerator.Options(200, FeederShape.STAR, 1));
  private final RunSettings settings =
      SixBus.settings(Privacy.RMME).toBuilder().maxIterations(1).threads(2).build();

  @Test
  void aNodeWithTooManyLinesIsRefusedWithTheWayOut() {
    assertThatThrownBy(() -> DispatchEngine.run(star, settings, RunObserver.NONE))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("node 0")
        .hasMessageContaining("199 lines")
        .hasMessageContaining("--privacy ckks");
  }

  /** An eighth of the steps is an eighth of the variables, which fits. */
  @OneRound
  @Test
  void fewerStepsFit() {
    RunResult result =
        DispatchEngine.run(star, settings.toBuilder().steps(3).build(), RunObserver.NONE);
    assertThat(result.iterations()).isEqualTo(1);
  }
}
