package io.dualgrid.qp.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecessionProofTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Never reached, so that every step until the last of a solve is judged. */
  private static final QpSettings ENDLESS = new QpSettings(1e-15, 0.0, 60);

  /**
   * Variables within bounds of their own have no way to infinity, whatever the units: columns
   * spread over sixteen decades, rows over twelve.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void boundedVariablesAreNeverTakenForUnbounded(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      QuadraticProgram program = boxed(random);
      assertThat(new InteriorPoint(program, ENDLESS).solve().status())
          .as("round %d", round)
          .isNotEqualTo(QpStatus.DUAL_INFEASIBLE);
      RecessionProof proof = new RecessionProof(program);
      double[] step = random.doubles(program.variableCount(), -1, 1).toArray();
      assertThat(proof.proves(step, program.linear(), program.quadratic())).isFalse();
      for (int j = 0; j < step.length; j++) {
        step[j] = program.linear()[j] > 0 ? -1e9 : 1e9;
      }
      assertThat(proof.proves(step, program.linear(), program.quadratic())).isFalse();
    }
  }

  /** min qᵀx with every variable within bounds of its own and some rows that zero meets. */
  private static QuadraticProgram boxed(Random random) {
    int n = 6;
    int shared = 4;
    SparseMatrix.Builder rows = SparseMatrix.builder(n + shared, n);
    double[] lower = new double[n + shared];
    double[] upper = new double[n + shared];
    double[] linear = new double[n];
    for (int j = 0; j < n; j++) {
      double size = decades(random, 8);
      double unit = decades(random, 6);
      rows.add(j, j, unit);
      lower[j] = -unit * size * random.nextDouble();
      upper[j] = unit * size;
      linear[j] = random.nextGaussian() / size;
    }
    for (int i = n; i < n + shared; i++) {
      double unit = decades(random, 6);
      for (int j = 0; j < n; j++) {
        if (random.nextInt(3) == 0) {
          rows.add(i, j, unit * random.nextGaussian());
        }
      }
      lower[i] = random.nextBoolean() ? -INFINITY : -unit;
      upper[i] = random.nextBoolean() ? INFINITY : unit;
    }
    return new QuadraticProgram(
        "boxed", SparseMatrix.diagonal(new double[n]), linear, rows.build(), lower, upper);
  }

  private static double decades(Random random, int most) {
    return Math.pow(10, most * (2 * random.nextDouble() - 1));
  }

  /** What a row of another unit bounds, through an equality of a small coefficient. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-3, 1, 1e3})
  void aBoundInAnotherUnitIsSeen(double perUnit) {
    assertThat(drop(perUnit, 0.95).status()).isNotEqualTo(QpStatus.DUAL_INFEASIBLE);
  }

  @Test
  void whatHasNoBoundIsTold() {
    assertThat(drop(1e-2, -INFINITY).status()).isEqualTo(QpStatus.DUAL_INFEASIBLE);
  }

  /** Most flow p ≥ 0 with a voltage v = 1 − perUnit · p of at least this. */
  private static QpResult drop(double perUnit, double least) {
    QuadraticProgram program =
        new QuadraticProgram(
            "drop",
            SparseMatrix.diagonal(new double[2]),
            new double[] {-1, 0},
            SparseMatrix.builder(3, 2)
                .add(0, 0, 1)
                .add(1, 1, 1)
                .add(2, 0, perUnit)
                .add(2, 1, 1)
                .build(),
            new double[] {0, least, 1},
            new double[] {INFINITY, INFINITY, 1});
    return new InteriorPoint(program, new QpSettings(1e-9, 1e-9, 200)).solve();
  }
}
