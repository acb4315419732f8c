package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.ckks.ParameterSet;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.mask.MaskKind;
import org.junit.jupiter.api.Test;

/** The summary says what was seen in this run, not what the best settings would have shown. */
class VisibilityTest {
  private static final RunSettings DUAL = SixBus.settings(Privacy.DUAL);

  @Test
  void thePublishedMaskIsNotCreditedWithWhatTheHardenedOneHides() {
    assertThat(Visibility.of(DUAL).get("cloud"))
        .contains("up to an affine map", "obfuscation", "--privacy ckks")
        .doesNotContain("parallel"); // rows of a pair are one row under this mask
    assertThat(
            Visibility.of(
                    DUAL.toBuilder()
                        .ckksParameters(ParameterSet.COMPACT)
                        .mask(MaskKind.PUBLISHED)
                        .build())
                .get("cloud"))
        .contains("up to a rotation", "lengths and angles")
        .doesNotContain("affine");
    assertThat(
            Visibility.of(
                    SixBus.settings(Privacy.CKKS).toBuilder()
                        .ckksParameters(ParameterSet.COMPACT)
                        .mask(MaskKind.PUBLISHED)
                        .build())
                .get("cloud"))
        .startsWith("nothing");
  }

  @Test
  void sumsOverHalvesAreNamedWhereThereAreAny() {
    assertThat(Visibility.of(DUAL).get("operator")).contains("even", "odd");
    assertThat(
            Visibility.of(
                    DUAL.toBuilder()
                        .algorithm(Algorithm.PUBLISHED)
                        .stopping(Stopping.STRICT)
                        .build())
                .get("operator"))
        .doesNotContain("odd");
  }

  @Test
  void aRunUnderThePublishedMaskSaysSo() {
    RunResult result =
        SixBus.run(
            SixBus.settings(Privacy.RMME).toBuilder()
                .ckksParameters(ParameterSet.COMPACT)
                .mask(MaskKind.PUBLISHED)
                .maxIterations(1)
                .threads(2)
                .build());
    assertThat(result.notices()).anyMatch(notice -> notice.contains("published mask hides little"));
    assertThat(
            SixBus.run(
                    SixBus.settings(Privacy.RMME).toBuilder().maxIterations(1).threads(2).build())
                .notices())
        .containsExactly(RunAssembly.UNDECIDED + RunAssembly.NEWTON_DOES);
  }
}
