package io.dualgrid.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MixingBlockTest {
  private static MixingBlock moved() {
    MixingBlock block = new MixingBlock(new double[] {2, 3}, 2);
    set(block.w(), 1, 1);
    set(block.r(), 4, 8);
    block.mix(new double[2]);
    set(block.r(), 1, 2);
    block.storeColumn(1);
    return block;
  }

  private static void set(double[] target, double first, double second) {
    target[0] = first;
    target[1] = second;
  }

  @Test
  void withoutCoefficientsItTakesThePlainStep() {
    assertThat(moved().w()).containsExactly(5, 9);
  }

  /** Δr = (−3, −6), r = (1, 2), metric (2, 3). */
  @Test
  void innerProductsAreWeightedByTheMetric() {
    double[] report = new double[5];
    report[0] = 100;
    moved().addProducts(1, report);
    assertThat(report).containsExactly(100 + 2 + 12, 0, -6 - 36, 0, 18 + 108);
  }

  @Test
  void withoutANewColumnOnlyTheSquareIsAdded() {
    double[] report = new double[5];
    moved().addProducts(-1, report);
    assertThat(report).containsExactly(14, 0, 0, 0, 0);
  }

  /** w + r − γ(Δr + Δw), Δw = (4, 8). */
  @Test
  void coefficientsTakeColumnsOff() {
    MixingBlock block = moved();
    block.mix(new double[] {0, 0.5});
    assertThat(block.w()).containsExactly(5 + 1 - 0.5, 9 + 2 - 1.0);
  }

  @Test
  void fallingBackRepeatsTheLastStepWithoutMixing() {
    MixingBlock block = moved();
    block.mix(new double[] {0, 0.5});
    set(block.r(), 1e9, -1e9);
    block.fallBack();
    assertThat(block.w()).containsExactly(6, 11);
  }
}
