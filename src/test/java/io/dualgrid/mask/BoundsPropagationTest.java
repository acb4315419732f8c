package io.dualgrid.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.ReferenceSolver;
import io.dualgrid.qp.SparseMatrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoundsPropagationTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  private static QuadraticProgram program(
      double[][] rows, double[] lower, double[] upper, double[] linear) {
    SparseMatrix.Builder matrix = SparseMatrix.builder(rows.length, linear.length);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < linear.length; j++) {
        if (rows[i][j] != 0) {
          matrix.add(i, j, rows[i][j]);
        }
      }
    }
    return new QuadraticProgram(
        "test",
        SparseMatrix.diagonal(new double[linear.length]),
        linear,
        matrix.build(),
        lower,
        upper);
  }

  @Test
  void aLimitFarOutsideWhatABalanceAllowsCanNotBind() {
    // flow = load of 0.3 + heater, heater in [0, 0.5], flow limited to ±100
    QuadraticProgram program =
        program(
            new double[][] {{1, -1}, {0, 1}, {1, 0}},
            new double[] {0.3, 0, -100},
            new double[] {0.3, 0.5, 100},
            new double[2]);
    BoundsPropagation bounds = new BoundsPropagation(program);
    assertThat(bounds.lowerCanBind(1)).isTrue();
    assertThat(bounds.upperCanBind(1)).isTrue();
    assertThat(bounds.lowerCanBind(2)).isFalse();
    assertThat(bounds.upperCanBind(2)).isFalse();
  }

  @Test
  void twoLimitsThatImplyEachOtherBothStay() {
    // x = y, x ≤ 1, y ≤ 1: either could go, but not both
    QuadraticProgram program =
        program(
            new double[][] {{1, -1}, {1, 0}, {0, 1}},
            new double[] {0, -NONE, -NONE},
            new double[] {0, 1, 1},
            new double[2]);
    BoundsPropagation bounds = new BoundsPropagation(program);
    assertThat(bounds.upperCanBind(1)).isTrue();
    assertThat(bounds.upperCanBind(2)).isTrue();
  }

  @Test
  void aTightLimitStaysHoweverManyRowsSurroundIt() {
    // x + y ≤ 1.5 cuts the corner of the unit square, x + y ≤ 2 only touches it
    QuadraticProgram program =
        program(
            new double[][] {{1, 0}, {0, 1}, {1, 1}, {1, 1}, {1, 1}},
            new double[] {0, 0, -NONE, -NONE, -NONE},
            new double[] {1, 1, 1.5, 2.0, 2.5},
            new double[2]);
    BoundsPropagation bounds = new BoundsPropagation(program);
    assertThat(bounds.upperCanBind(2)).isTrue();
    assertThat(bounds.upperCanBind(4)).isFalse();
  }

  /**
   * The proof in the class, tried out: over random programs, drop all sides that are said not to
   * bind and push against each of them as hard as possible. The optimum without them must still
   * meet them (tolerance of the reference solver, 1e-7), and some must have been dropped at all.
   */
  @Test
  void whatIsDroppedDoesNotChangeTheFeasibleSet() {
    Random random = new Random(11);
    int dropped = 0;
    for (int trial = 0; trial < 60; trial++) {
      int n = 3 + random.nextInt(4);
      int m = n + 4 + random.nextInt(5);
      double[] inside = random.doubles(n, -1, 1).toArray();
      double[][] rows = new double[m][n];
      double[] lower = new double[m];
      double[] upper = new double[m];
      for (int i = 0; i < m; i++) {
        double value = 0.0;
        for (int j = 0; j < n; j++) {
          boolean single = i < n;
          boolean present = single ? i == j : random.nextInt(3) > 0;
          rows[i][j] = present ? (single ? 1.0 : random.nextGaussian()) : 0.0;
          value += rows[i][j] * inside[j];
        }
        double width = Math.exp(2 * random.nextGaussian());
        boolean equality = i == m - 1;
        lower[i] = equality ? value : value - width * random.nextDouble();
        upper[i] = equality ? value : value + width * random.nextDouble();
      }
      QuadraticProgram full = program(rows, lower, upper, new double[n]);
      BoundsPropagation bounds = new BoundsPropagation(full);
      double[] keptLower = lower.clone();
      double[] keptUpper = upper.clone();
      for (int i = 0; i < m - 1; i++) {
        keptLower[i] = bounds.lowerCanBind(i) ? lower[i] : -NONE;
        keptUpper[i] = bounds.upperCanBind(i) ? upper[i] : NONE;
      }
      for (int i = 0; i < m - 1; i++) {
        for (int side = -1; side <= 1; side += 2) {
          boolean gone = side > 0 ? keptUpper[i] == NONE : keptLower[i] == -NONE;
          if (gone) {
            dropped++;
            double[] push = rows[i].clone();
            for (int j = 0; j < n; j++) {
              push[j] *= -side;
            }
            double[] x = ReferenceSolver.solve(program(rows, keptLower, keptUpper, push));
            double value = 0.0;
            for (int j = 0; j < n; j++) {
              value += rows[i][j] * x[j];
            }
            assertThat(value).isBetween(lower[i] - 1e-7, upper[i] + 1e-7);
          }
        }
      }
    }
    assertThat(dropped).isGreaterThan(50);
  }
}
