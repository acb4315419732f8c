package io.dualgrid.qp.nativeqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.qp.PlantedProgram;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverContractTest;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.java.InteriorPointFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeInteriorPointTest extends QpSolverContractTest {
  private static final double TOLERANCE = 1e-9;

  /** Of a bound that is beyond all that planted rows come to. */
  private static final double FAR = 1e4;

  private static final QpSettings SETTINGS = new QpSettings(TOLERANCE, TOLERANCE, 200);

  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(factory().status().available(), factory().status().failure());
  }

  @Override
  protected QpSolverFactory factory() {
    return new NativeInteriorPointFactory();
  }

  /** What the contract plants is mostly for the twin in Java; these are not. */
  private static QuadraticProgram diagonal(long seed, boolean linear) {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.quadraticRank = 0;
    recipe.rows = 80; // enough for the set of optima to be bounded
    recipe.activeShare = 0.6;
    QuadraticProgram planted = recipe.plant(seed).program();
    double[] diagonal = new double[planted.variableCount()];
    if (!linear) {
      diagonal = new Random(seed).doubles(diagonal.length).toArray();
    }
    double[] lower = planted.lower().clone();
    for (int i = 0; i < lower.length; i++) {
      boolean free = Double.isInfinite(lower[i]) && Double.isInfinite(planted.upper()[i]);
      lower[i] = free ? -FAR : lower[i];
    }
    return new QuadraticProgram(
        planted.name(),
        SparseMatrix.diagonal(diagonal),
        planted.linear(),
        planted.constraints(),
        lower,
        planted.upper());
  }

  /** Both ends of the interval, objective and bound, of both methods hold the same optimum. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void boundsTheOptimumOfTheMethodInJava(long seed) {
    QuadraticProgram program = diagonal(seed, seed % 2 == 0);
    QpResult expected;
    try (QpSolver java = new InteriorPointFactory().setup(program, SETTINGS)) {
      expected = java.solve();
    }
    try (QpSolver solver = factory().setup(program, SETTINGS)) {
      assertThat(solver).isInstanceOf(NativeInteriorPoint.class);
      QpResult result = solver.solve();
      assertThat(result.status()).isEqualTo(QpStatus.SOLVED);
      double optimum = program.objective(expected.x());
      // gaps of both are below the tolerance, relative to the objective; a thousandfold for what
      // residuals of 1e-9 in 80 rows add
      double error = 1000 * TOLERANCE * (1 + Math.abs(optimum));
      assertThat(result.dualObjective()).isCloseTo(optimum, within(error));
      assertThat(program.objective(result.x())).isCloseTo(optimum, within(error));
    }
  }

  /** What the method in C does not end on gets its answer, and its proof, from the one in Java. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void provesThatThereIsNoSolution(boolean bounded) {
    QuadraticProgram program =
        new QuadraticProgram(
            "none",
            SparseMatrix.diagonal(new double[] {0, 0}),
            new double[] {-1, 0},
            SparseMatrix.builder(2, 2).add(0, 0, 1).add(0, 1, 1).add(1, 1, 1).build(),
            new double[] {bounded ? 2 : -1, 0},
            new double[] {bounded ? 3 : Double.POSITIVE_INFINITY, 1});
    double[] dearer = {1, 0};
    try (QpSolver solver = factory().setup(program, SETTINGS)) {
      assertThat(solver.solve().status())
          .isEqualTo(bounded ? QpStatus.SOLVED : QpStatus.DUAL_INFEASIBLE);
      // the next program of the same workspace is solved all the same
      solver.updateLinear(dearer);
      QpResult result = solver.solve();
      assertThat(result.status()).isEqualTo(QpStatus.SOLVED);
      assertThat(result.x()[0]).isCloseTo(bounded ? 1 : -2, within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void takesAnotherDiagonal(long seed) {
    QuadraticProgram program = diagonal(seed, true);
    double[] diagonal = new double[program.variableCount()];
    Arrays.fill(diagonal, 2.0);
    QuadraticProgram curved =
        new QuadraticProgram(
            program.name(),
            SparseMatrix.diagonal(diagonal),
            program.linear(),
            program.constraints(),
            program.lower(),
            program.upper());
    try (QpSolver solver = factory().setup(program, SETTINGS);
        QpSolver fresh = factory().setup(curved, SETTINGS)) {
      solver.solve();
      solver.updateQuadraticDiagonal(diagonal);
      double[] x = solver.solve().x().clone();
      assertThat(x).isEqualTo(fresh.solve().x());
      solver.updateQuadraticDiagonal(new double[diagonal.length]);
      assertThat(solver.solve().status()).isEqualTo(QpStatus.SOLVED);
    }
  }
}
