package io.dualgrid.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.device.Switching;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One unit over three steps, P + x = need with x at 3 a unit, at most 4, and P at 1, from 10·u to
 * 30·u; a step costs what its state leaves, so that the best is seen by hand.
 */
class BranchAndBoundTest {
  private static final int STEPS = 3;
  private static final BranchAndBound.Gap GAP = new BranchAndBound.Gap(1e-6, 0.0);

  /** Variables P(t), u(t), x(t) of each step in turn; no times, so that no starts count. */
  private static QuadraticProgram program(double... need) {
    int n = 3 * STEPS;
    SparseMatrix.Builder rows = SparseMatrix.builder(6 * STEPS, n);
    double[] lower = new double[6 * STEPS];
    double[] upper = new double[6 * STEPS];
    double[] cost = new double[n];
    double inf = Double.POSITIVE_INFINITY;
    for (int t = 0; t < STEPS; t++) {
      int p = 3 * t;
      double[][] bounds = {{0, 30}, {0, 1}, {0, 4}};
      for (int k = 0; k < 3; k++) {
        rows.add(6 * t + k, p + k, 1.0);
        lower[6 * t + k] = bounds[k][0];
        upper[6 * t + k] = bounds[k][1];
      }
      rows.add(6 * t + 3, p, 1.0);
      rows.add(6 * t + 3, p + 2, 1.0);
      lower[6 * t + 3] = need[t];
      upper[6 * t + 3] = need[t];
      rows.add(6 * t + 4, p, 1.0);
      rows.add(6 * t + 4, p + 1, -10.0);
      lower[6 * t + 4] = 0.0;
      upper[6 * t + 4] = inf;
      rows.add(6 * t + 5, p, 1.0);
      rows.add(6 * t + 5, p + 1, -30.0);
      lower[6 * t + 5] = -inf;
      upper[6 * t + 5] = 0.0;
      cost[p] = 1.0;
      cost[p + 2] = 3.0;
    }
    return new QuadraticProgram(
        "unit", SparseMatrix.diagonal(new double[n]), cost, rows.build(), lower, upper);
  }

  private static BranchAndBound.Result search(int branches, double... need) {
    int[] power = {0, 3, 6};
    int[] on = {1, 4, 7};
    return BranchAndBound.search(
        program(need),
        List.of(new Switching("unit", power, on, null, 1, 1)),
        GAP,
        new BranchAndBound.Effort(Duration.ofMinutes(1), branches));
  }

  @Test
  void bestStatesAreThoseByHand() {
    // 3 by x alone, 9; 12 on, 12; 4 by x alone, 12, as P cannot be below 10
    BranchAndBound.Result best = search(100, 3, 12, 4);
    assertThat(best.states().on().get(0)).containsExactly(false, true, false);
    assertThat(best.cost()).isCloseTo(33.0, within(1e-4));
    assertThat(best.proved()).isTrue();
  }

  @Test
  void whatNoStateServesIsProvedAtOnce() {
    // between 4 and 10 there is nothing, on or off
    BranchAndBound.Result none = search(1, 3, 12, 7);
    assertThat(none.states()).isNull();
    assertThat(none.proved()).isTrue();
    assertThat(none.bound()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void noStatesIsAProofOnlyWhereAllHaveBeenSearched() {
    // each of two states is the other's opposite, and the same: one half, and one half
    double[][] rows = {{1, 1}, {1, -1}};
    double[] sides = {1.0, 0.0};
    BranchAndBound.Result none = twoStates(100, rows, sides);
    assertThat(none.states()).isNull();
    assertThat(none.proved()).isTrue();
    assertThat(none.bound()).isEqualTo(Double.POSITIVE_INFINITY);
    BranchAndBound.Result givenUp = twoStates(1, rows, sides);
    assertThat(givenUp.states()).isNull();
    assertThat(givenUp.proved()).isFalse();
    assertThat(givenUp.bound()).isLessThan(Double.POSITIVE_INFINITY);
  }

  /**
   * Two states with equations, and the powers of two devices, which are as free as their states.
   */
  private static BranchAndBound.Result twoStates(
      int branches, double[][] equations, double[] sides) {
    SparseMatrix.Builder rows = SparseMatrix.builder(8, 4);
    double[] lower = {0, 0, 0, 0, 0, 0, sides[0], sides[1]};
    double inf = Double.POSITIVE_INFINITY;
    double[] upper = {1, 1, inf, inf, 0, 0, sides[0], sides[1]};
    lower[4] = -inf;
    lower[5] = -inf;
    for (int k = 0; k < 2; k++) {
      rows.add(k, k, 1.0);
      rows.add(2 + k, 2 + k, 1.0);
      rows.add(4 + k, 2 + k, 1.0);
      rows.add(4 + k, k, -1.0);
      rows.add(6 + k, 0, equations[k][0]);
      rows.add(6 + k, 1, equations[k][1]);
    }
    QuadraticProgram program =
        new QuadraticProgram(
            "states",
            SparseMatrix.diagonal(new double[4]),
            new double[] {0, 0, -1, -1},
            rows.build(),
            lower,
            upper);
    Switching switching = new Switching("pair", new int[] {2, 3}, new int[] {0, 1}, null, 1, 1);
    return BranchAndBound.search(
        program,
        List.of(switching),
        GAP,
        new BranchAndBound.Effort(Duration.ofMinutes(1), branches));
  }
}
