package io.dualgrid.qp.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.ReferenceSolver;
import io.dualgrid.qp.SparseMatrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every dense solver must do. */
public abstract class DenseSolverContractTest {
  /** The backend under test. */
  protected abstract DenseSolverFactory factory();

  private static final QpSettings SETTINGS = new QpSettings(1e-9, 1e-10, 2000);

  /** A random program with a semidefinite H of the given rank, bounded by a box and more rows. */
  private static final class Sample {
    final int k;
    final int m;
    final double[] quadratic;
    final double[] rows;
    final double[] lower;
    final double[] upper;

    Sample(int k, int extraRows, int rank, Random random) {
      this.k = k;
      m = k + extraRows;
      quadratic = new double[k * k];
      for (int r = 0; r < rank; r++) {
        double[] v = random.doubles(k, -1, 1).toArray();
        for (int i = 0; i < k * k; i++) {
          quadratic[i] += v[i / k] * v[i % k];
        }
      }
      rows = new double[m * k];
      lower = new double[m];
      upper = new double[m];
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < k; j++) {
          rows[i * k + j] = i < k ? (i == j ? 1.0 : 0.0) : random.nextGaussian();
        }
        lower[i] = -random.nextDouble();
        upper[i] = i % 3 == 2 && i >= k ? Double.POSITIVE_INFINITY : random.nextDouble();
      }
    }

    QuadraticProgram program(double[] linear) {
      SparseMatrix.Builder p = SparseMatrix.builder(k, k);
      for (int i = 0; i < k; i++) {
        for (int j = i; j < k; j++) {
          p.add(i, j, quadratic[i * k + j]);
        }
      }
      SparseMatrix.Builder a = SparseMatrix.builder(m, k);
      for (int i = 0; i < m * k; i++) {
        a.add(i / k, i % k, rows[i]);
      }
      return new QuadraticProgram("sample", p.build(), linear, a.build(), lower, upper);
    }

    DenseSolver solver(DenseSolverFactory factory) {
      return factory.setup(k, quadratic, rows, lower, upper, SETTINGS);
    }

    /** Largest violation of the optimality conditions. */
    double defect(double[] linear, QpResult result) {
      double worst = 0.0;
      double[] gradient = linear.clone();
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
          gradient[i] += quadratic[i * k + j] * result.x()[j];
        }
      }
      for (int i = 0; i < m; i++) {
        double value = 0.0;
        for (int j = 0; j < k; j++) {
          value += rows[i * k + j] * result.x()[j];
          gradient[j] += rows[i * k + j] * result.y()[i];
        }
        worst = Math.max(worst, Math.max(value - upper[i], lower[i] - value));
        double slack = result.y()[i] > 0 ? upper[i] - value : value - lower[i];
        worst = Math.max(worst, Math.min(Math.abs(result.y()[i]), slack));
      }
      for (double value : gradient) {
        worst = Math.max(worst, Math.abs(value));
      }
      return worst;
    }
  }

  @Test
  void meetsTheOptimalityConditionsForAnyRankOfH() {
    Random random = new Random(3);
    for (int trial = 0; trial < 60; trial++) {
      int k = 2 + random.nextInt(30);
      Sample sample = new Sample(k, random.nextInt(2 * k), random.nextInt(k + 1), random);
      DenseSolver solver = sample.solver(factory());
      for (int turn = 0; turn < 3; turn++) {
        double[] linear = random.doubles(k, -5, 5).toArray();
        QpResult result = solver.solve(linear);
        assertThat(result.status()).as("trial %s", trial).isEqualTo(QpStatus.SOLVED);
        // settings: 1e-9 absolute plus 1e-10 of terms up to some tens
        assertThat(sample.defect(linear, result)).isLessThan(1e-8);
      }
    }
  }

  @Test
  void agreesWithTheReferenceSolver() {
    Random random = new Random(4);
    for (int trial = 0; trial < 10; trial++) {
      int k = 2 + random.nextInt(8);
      Sample sample = new Sample(k, k, k, random);
      double[] linear = random.doubles(k, -5, 5).toArray();
      QuadraticProgram program = sample.program(linear);
      double expected = program.objective(ReferenceSolver.solve(program));
      QpResult result = sample.solver(factory()).solve(linear);
      // the reference solver stops at about 1e-7
      assertThat(program.objective(result.x())).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void warmAndColdStartsReachTheSamePoint() {
    Random random = new Random(5);
    Sample sample = new Sample(20, 30, 20, random);
    DenseSolver warm = sample.solver(factory());
    double[] linear = random.doubles(20, -5, 5).toArray();
    for (int turn = 0; turn < 20; turn++) {
      for (int j = 0; j < linear.length; j++) {
        linear[j] += 0.3 * random.nextGaussian();
      }
      double[] expected = sample.solver(factory()).solve(linear).x().clone();
      // H has full rank here; its smallest eigenvalue, some 1e-3, divides the tolerance of 1e-9
      assertThat(warm.solve(linear).x()).containsExactly(expected, within(1e-5));
    }
  }

  @Test
  void equalitiesAndDependentRowsAreNoObstacle() {
    // x + y = 1 three times over, once scaled; minimise (x − 3)² + y²  →  x = 2, y = −1
    double[] quadratic = {2, 0, 0, 2};
    double[] rows = {1, 1, 1, 1, -2, -2};
    double[] bounds = {1, 1, -2};
    DenseSolver solver = factory().setup(2, quadratic, rows, bounds, bounds, SETTINGS);
    QpResult result = solver.solve(new double[] {-6, 0});
    assertThat(result.status()).isEqualTo(QpStatus.SOLVED);
    assertThat(result.x()).containsExactly(new double[] {2, -1}, within(1e-8));
  }

  @Test
  void anEmptyFeasibleSetIsNotSolved() {
    double[] rows = {1, 1};
    DenseSolver solver =
        factory()
            .setup(1, new double[] {1}, rows, new double[] {2, -5}, new double[] {5, 1}, SETTINGS);
    assertThat(solver.solve(new double[1]).status()).isNotEqualTo(QpStatus.SOLVED);
  }

  @Test
  void badInputIsRefused() {
    Sample sample = new Sample(3, 2, 3, new Random(6));
    assertThat(sample.solver(factory()).solve(new double[2]).status()).isEqualTo(QpStatus.ERROR);
    assertThat(sample.solver(factory()).solve(new double[] {0, Double.NaN, 0}).status())
        .isEqualTo(QpStatus.ERROR);
  }

  @Test
  void manyChangesOfTheActiveRowsKeepTheFactorRight() {
    // From one corner of the box to the opposite one and back: up to half of the rows change at
    // once, by updates of the factor in small steps and by a new factor in large ones.
    Random random = new Random(7);
    Sample sample = new Sample(90, 60, 90, random);
    DenseSolver solver = sample.solver(factory());
    double[] direction = random.doubles(90, -1, 1).toArray();
    for (int turn = 0; turn <= 120; turn++) {
      double size = 40 * Math.cos(turn * Math.PI / (turn < 60 ? 60 : 6));
      double[] linear = new double[90];
      for (int j = 0; j < 90; j++) {
        linear[j] = size * direction[j];
      }
      QpResult result = solver.solve(linear);
      assertThat(result.status()).as("turn %s", turn).isEqualTo(QpStatus.SOLVED);
      // settings: 1e-9 absolute plus 1e-10 of terms up to some hundreds
      assertThat(sample.defect(linear, result)).isLessThan(1e-7);
    }
  }

  @Test
  void startsWhereItIsTold() {
    Sample sample = new Sample(40, 30, 40, new Random(8));
    double[] linear = new Random(9).doubles(40, -5, 5).toArray();
    QpResult cold = sample.solver(factory()).solve(linear);
    DenseSolver told = sample.solver(factory());
    told.start(cold.x(), cold.y());
    QpResult warm = told.solve(linear);
    assertThat(warm.status()).isEqualTo(QpStatus.SOLVED);
    assertThat(warm.iterations()).isLessThan(cold.iterations()).isLessThanOrEqualTo(1);
    assertThatThrownBy(() -> told.start(new double[39], cold.y()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void programsThatDisagreeWithThemselvesAreRefused() {
    double[] one = {1};
    assertThatThrownBy(() -> factory().setup(1, new double[2], one, one, one, SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("H 2");
    assertThatThrownBy(() -> factory().setup(1, one, one, new double[] {2}, one, SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 0 has bounds [2.0, 1.0]");
  }

  /** The cloud gets programs of others: none may be called solved because its numbers are lost. */
  @Test
  void numbersThatAreNoneOrOverflowAreRefused() {
    double[] one = {1};
    double infinity = Double.POSITIVE_INFINITY;
    for (double bad : new double[] {Double.NaN, infinity, -infinity}) {
      double[] wrong = {bad};
      assertThatThrownBy(() -> factory().setup(1, wrong, one, one, one, SETTINGS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("H[0]");
      assertThatThrownBy(() -> factory().setup(1, one, wrong, one, one, SETTINGS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("G[0]");
      DenseSolver solver = factory().setup(1, one, one, one, one, SETTINGS);
      assertThatThrownBy(() -> solver.start(wrong, one))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> solver.start(one, wrong))
          .isInstanceOf(IllegalArgumentException.class);
      solver.close();
    }
    double[] nothing = {infinity};
    assertThatThrownBy(() -> factory().setup(1, one, one, nothing, nothing, SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 0");
    double[] long2 = {1e200, 1e200};
    assertThatThrownBy(() -> factory().setup(2, new double[4], long2, one, one, SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 0 overflows");
    double[] heavy = {1e308, 0, 0, 1e308};
    assertThatThrownBy(() -> factory().setup(2, heavy, new double[2], one, one, SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("overflows");
  }

  /** Whatever becomes of numbers near the largest ones: what is called solved is a solution. */
  @Test
  void overflowOnTheWayIsNoSolution() {
    for (double size : new double[] {1e100, 1e150, 1e300}) {
      DenseSolver solver =
          factory()
              .setup(
                  1,
                  new double[] {size},
                  new double[] {1},
                  new double[] {-size},
                  new double[] {size},
                  SETTINGS);
      QpResult result = solver.solve(new double[] {-size});
      if (result.status() == QpStatus.SOLVED) {
        assertThat(result.x()[0]).isCloseTo(1.0, within(1e-8));
      }
      solver.close();
    }
  }

  @Test
  void mayBeClosedTwice() {
    DenseSolver solver = new Sample(3, 2, 3, new Random(6)).solver(factory());
    solver.close();
    solver.close();
  }
}
