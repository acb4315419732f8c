package io.dualgrid.qp.nativeqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.qp.ConsensusSequence;
import io.dualgrid.qp.PlantedProgram;
import io.dualgrid.qp.QpCapabilities;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.java.PureQpSolverFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The solver in C gives the very numbers of the one in Java, but for the sign of a zero. */
class NativeQpTwinTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(
        new NativeQpSolverFactory().status().available(),
        new NativeQpSolverFactory().status().failure());
  }

  @ParameterizedTest
  @CsvSource({"20, 1e-4", "0.1, 0.1"})
  void onTheConsensusOfTheLargeFeeder(double power, double voltage) {
    new ConsensusSequence("yingkou-60", power, voltage).run(new Pair(), QpSettings.DEFAULT, 10);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void onPlantedPrograms(long seed) {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.variables = 60;
    recipe.rows = 80;
    recipe.quadraticRank = (int) (seed % 3) * 30;
    recipe.decades = seed > 3 ? 1.5 : 0.0;
    QuadraticProgram program = recipe.plant(seed).program();
    Random random = new Random(seed);
    try (QpSolver pair = new Pair().setup(program, new QpSettings(1e-6, 1e-8, 20 + (int) seed))) {
      pair.solve();
      for (int turn = 0; turn < 12; turn++) {
        pair.updateLinear(moved(program.linear(), 0.2, random));
        if (turn % 3 == 1) {
          pair.updateQuadraticDiagonal(diagonal(program, turn));
        } else if (turn % 3 == 2) {
          pair.warmStart(
              moved(new double[program.variableCount()], 1.0, random),
              moved(new double[program.rowCount()], 1.0, random));
        }
        pair.solve();
      }
    }
  }

  private static double[] moved(double[] from, double by, Random random) {
    return Arrays.stream(from).map(value -> value + by * random.nextGaussian()).toArray();
  }

  private static double[] diagonal(QuadraticProgram program, double more) {
    double[] diagonal = new double[program.variableCount()];
    for (int j = 0; j < diagonal.length; j++) {
      int place = program.quadratic().columnPointers()[j + 1] - 1;
      diagonal[j] = program.quadratic().values()[place] + more;
    }
    return diagonal;
  }

  @Test
  void onProgramsWithoutASolution() {
    QpResult apart = falling(new double[] {-INFINITY, 1}, new double[] {0, INFINITY});
    assertThat(apart.status()).isEqualTo(QpStatus.PRIMAL_INFEASIBLE);
    QpResult endless = falling(new double[] {0, 0}, new double[] {INFINITY, INFINITY});
    assertThat(endless.status()).isEqualTo(QpStatus.DUAL_INFEASIBLE);
    QpResult bounded = falling(new double[] {0, 0}, new double[] {3, INFINITY});
    // the tolerance of 1e-7 on the row x <= 3
    assertThat(bounded.x()[0]).isBetween(3.0 - 1e-7, 3.0 + 1e-7);
  }

  /** Both solvers' minimum of −x over two rows that both are x. */
  private static QpResult falling(double[] lower, double[] upper) {
    QuadraticProgram program =
        new QuadraticProgram(
            "falling",
            SparseMatrix.diagonal(new double[] {0}),
            new double[] {-1},
            SparseMatrix.builder(2, 1).add(0, 0, 1).add(1, 0, 1).build(),
            lower,
            upper);
    try (QpSolver pair = new Pair().setup(program, QpSettings.DEFAULT)) {
      return pair.solve();
    }
  }

  /** Both backends at once: whatever is asked of one is asked of the other, and compared. */
  private static final class Pair implements QpSolverFactory {
    @Override
    public String name() {
      return "pair";
    }

    @Override
    public String version() {
      return "of both";
    }

    @Override
    public int precedence() {
      return 0;
    }

    @Override
    public QpCapabilities capabilities() {
      return new PureQpSolverFactory().capabilities();
    }

    @Override
    public QpSolver setup(QuadraticProgram program, QpSettings settings) {
      return new PairSolver(
          new NativeQpSolverFactory().setup(program, settings),
          new PureQpSolverFactory().setup(program, settings));
    }
  }

  private record PairSolver(QpSolver inC, QpSolver inJava) implements QpSolver {
    @Override
    public void updateLinear(double[] linear) {
      inC.updateLinear(linear);
      inJava.updateLinear(linear);
    }

    @Override
    public void updateQuadraticDiagonal(double[] diagonal) {
      inC.updateQuadraticDiagonal(diagonal);
      inJava.updateQuadraticDiagonal(diagonal);
    }

    @Override
    public void warmStart(double[] x, double[] y) {
      inC.warmStart(x, y);
      inJava.warmStart(x, y);
    }

    @Override
    public QpResult solve() {
      QpResult one = inC.solve();
      QpResult other = inJava.solve();
      assertThat(one.status()).isEqualTo(other.status());
      assertThat(one.iterations()).isEqualTo(other.iterations());
      assertThat(one.message()).isEqualTo(other.message());
      assertThat(unsignedZeros(one.x())).isEqualTo(unsignedZeros(other.x()));
      assertThat(unsignedZeros(one.y())).isEqualTo(unsignedZeros(other.y()));
      return one;
    }

    private static double[] unsignedZeros(double[] values) {
      return Arrays.stream(values).map(value -> value + 0.0).toArray();
    }

    @Override
    public void close() {
      inC.close();
      inJava.close();
    }
  }
}
