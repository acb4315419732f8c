package io.dualgrid.qp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

  private static BoundsPropagation continuous(QuadraticProgram program) {
    return new BoundsPropagation(
        program.constraints().transpose(),
        program.lower(),
        program.upper(),
        new boolean[program.variableCount()]);
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
    BoundsPropagation bounds = continuous(program);
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
    BoundsPropagation bounds = continuous(program);
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
    BoundsPropagation bounds = continuous(program);
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
      BoundsPropagation bounds = continuous(full);
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

  /**
   * Heat pump x ≤ 100 with a coefficient of 2, store s between −1 and 2, state u; 2x + s = load.
   */
  private static BoundsPropagation heat(double load, double leastPower) {
    QuadraticProgram program =
        program(
            new double[][] {
              {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {2, 1, 0}, {1, 0, -100}, {1, 0, -leastPower}
            },
            new double[] {0, -1, 0, load, -NONE, 0},
            new double[] {100, 2, 1, load, 0, NONE},
            new double[3]);
    return new BoundsPropagation(
        program.constraints().transpose(),
        program.lower(),
        program.upper(),
        new boolean[] {false, false, true});
  }

  @Test
  void powerIsAtMostWhatItCanBeUsedFor() {
    BoundsPropagation bounds = heat(6.0, 1.0); // x from (6 − 2)/2 to (6 + 1)/2, so it is on
    assertThat(bounds.lower(0)).isCloseTo(2.0, within(1e-12));
    assertThat(bounds.upper(0)).isCloseTo(3.5, within(1e-12));
    assertThat(bounds.lower(2)).isEqualTo(1.0);
    assertThat(bounds.contradictory()).isFalse();
  }

  @Test
  void leastPowerAboveWhatIsOfUseIsOff() {
    BoundsPropagation bounds = heat(2.0, 5.0); // x at most 1.5 < 5
    assertThat(bounds.upper(2)).isZero();
    assertThat(bounds.upper(0)).isCloseTo(0.0, within(1e-12));
  }

  @Test
  void nothingLeftIsAContradiction() {
    assertThat(heat(6.0, 5.0).contradictory()).isTrue(); // x from 2 to 3.5: not off, not above 5
  }

  @Test
  void everyPointOfRandomRowsKeepsItsBounds() {
    Random random = new Random(7);
    for (int trial = 0; trial < 200; trial++) {
      int n = 2 + random.nextInt(5);
      int m = 1 + random.nextInt(6);
      boolean[] whole = new boolean[n];
      double[] point = new double[n];
      for (int j = 0; j < n; j++) {
        whole[j] = random.nextInt(3) == 0;
        point[j] = whole[j] ? random.nextInt(2) : random.nextGaussian();
      }
      double[][] rows = new double[m + n][n];
      double[] lower = new double[m + n];
      double[] upper = new double[m + n];
      for (int i = 0; i < m + n; i++) {
        double value = 0.0;
        for (int j = 0; j < n; j++) {
          rows[i][j] = i < m ? random.nextInt(5) - 2 : i - m == j ? 1.0 : 0.0;
          value += rows[i][j] * point[j];
        }
        boolean state = i >= m && whole[i - m];
        lower[i] = state ? 0.0 : random.nextInt(4) == 0 ? -NONE : value - random.nextDouble();
        upper[i] = state ? 1.0 : random.nextInt(4) == 0 ? NONE : value + random.nextDouble();
      }
      QuadraticProgram program = program(rows, lower, upper, new double[n]);
      BoundsPropagation bounds =
          new BoundsPropagation(program.constraints().transpose(), lower, upper, whole);
      assertThat(bounds.contradictory()).as("trial %d", trial).isFalse();
      for (int j = 0; j < n; j++) {
        // sums of some ten terms of size one round by a few 1e-15
        assertThat(point[j])
            .as("trial %d, variable %d", trial, j)
            .isBetween(bounds.lower(j) - 1e-12, bounds.upper(j) + 1e-12);
      }
    }
  }
}
