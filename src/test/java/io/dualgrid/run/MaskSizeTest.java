package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.caseio.generate.FeederGenerator;
import io.dualgrid.caseio.generate.FeederShape;
import io.dualgrid.problem.CaseException;
import io.dualgrid.site.GridCase;
import org.junit.jupiter.api.Test;

class MaskSizeTest {
  @Test
  void aNodeWithTooManyLinesIsRefusedWithTheWayOut() {
    GridCase star = FeederGenerator.generate(new FeederGenerator.Options(200, FeederShape.STAR, 1));
    RunSettings settings =
        SixBus.settings(Privacy.RMME).toBuilder().maxIterations(1).threads(2).build();
    assertThatThrownBy(() -> DispatchEngine.run(star, settings, RunObserver.NONE))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("node 0")
        .hasMessageContaining("199 lines")
        .hasMessageContaining("--privacy ckks");
    // an eighth of the steps is an eighth of the variables, which fits
    RunResult result =
        DispatchEngine.run(star, settings.toBuilder().steps(3).build(), RunObserver.NONE);
    assertThat(result.iterations()).isEqualTo(1);
  }
}
