package io.dualgrid.qp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FixedVariablesTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  /** p ∈ [0, 1e-14], |q| ≤ 0.5p, p + q + s = 2, r free of all of them in [1, 3]. */
  private static QuadraticProgram night(double mostP) {
    return new QuadraticProgram(
        "night",
        SparseMatrix.diagonal(new double[4]),
        new double[] {1, 2, 3, 4},
        SparseMatrix.builder(5, 4)
            .add(0, 0, 1)
            .add(1, 0, -0.5)
            .add(1, 1, 1)
            .add(2, 0, 0.5)
            .add(2, 1, 1)
            .add(3, 0, 1)
            .add(3, 1, 1)
            .add(3, 2, 1)
            .add(4, 3, 2)
            .build(),
        new double[] {0, -INFINITE, 0, 2, 2},
        new double[] {mostP, 0, INFINITE, 2, 6});
  }

  @Test
  void followsFixedVariablesThroughCones() {
    FixedVariables reduced = FixedVariables.of(night(1e-14), new int[0], 1e-9);

    assertThat(reduced.places()).containsExactly(3);
    assertThat(reduced.program().lower()).containsExactly(1.0);
    assertThat(reduced.program().upper()).containsExactly(3.0);
    assertThat(reduced.complete(new double[] {2.5})).containsExactly(0, 0, 2, 2.5);
  }

  @Test
  void keepsWhatIsProtected() {
    FixedVariables reduced = FixedVariables.of(night(0.0), new int[] {2}, 1e-9);

    assertThat(reduced.places()).containsExactly(2, 3);
    assertThat(reduced.program().lower()).containsExactly(2.0, 1.0);
    assertThat(reduced.program().upper()).containsExactly(2.0, 3.0);
  }

  @Test
  void leavesAChoiceAsItIs() {
    FixedVariables reduced = FixedVariables.of(night(0.5), new int[0], 1e-9);

    assertThat(reduced.places()).containsExactly(0, 1, 2, 3);
    // two rows of the cone, the balance, and the bounds of p and r
    assertThat(reduced.program().rowCount()).isEqualTo(5);
  }

  @Test
  void leavesAContradictionToTheSolver() {
    QuadraticProgram broken =
        new QuadraticProgram(
            "broken",
            SparseMatrix.diagonal(new double[1]),
            new double[1],
            SparseMatrix.builder(2, 1).add(0, 0, 1).add(1, 0, 1).build(),
            new double[] {0, 2},
            new double[] {1, 3});

    assertThat(FixedVariables.of(broken, new int[0], 1e-9).program()).isSameAs(broken);
  }
}
