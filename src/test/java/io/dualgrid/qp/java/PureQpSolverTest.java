package io.dualgrid.qp.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.qp.ConsensusSequence;
import io.dualgrid.qp.PlantedProgram;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverContractTest;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OneRound
class PureQpSolverTest extends QpSolverContractTest {
  @Override
  protected QpSolverFactory factory() {
    return new PureQpSolverFactory();
  }

  @Test
  void followsTheConsensusOfTheLargeFeederInAFewNewtonStepsEach() {
    // Among these are programs with nearly dependent active rows and with kinks within rounding of
    // one another; each was once the end of it. 60 systems, 15 iterations: 6 steps a solve when
    // measured, and twice that is allowed.
    ConsensusSequence sequence = new ConsensusSequence("yingkou-60", 20.0, 1e-4);
    long steps = sequence.run(factory(), QpSettings.DEFAULT, 15);
    assertThat(steps).isLessThan(60 * 15 * 12);
  }

  @Test
  void followsTheConsensusWithSmallPenalties() {
    ConsensusSequence sequence = new ConsensusSequence("yingkou-60", 0.1, 0.1);
    long steps = sequence.run(factory(), QpSettings.DEFAULT, 15);
    assertThat(steps).isLessThan(60 * 15 * 12);
  }

  // Operator splitting takes more than 100,000 iterations for some of these, so they are no part of
  // the contract.
  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53, 54, 55, 56, 57, 58})
  void findsPlantedOptimaOfLargerNearlyLinearPrograms(long seed) {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.variables = 300;
    recipe.rows = 400;
    recipe.density = 0.01;
    recipe.quadraticRank = 100;
    assertSolves(recipe.plant(seed));
  }

  @Test
  void doesNotStepToAndFroWithinRounding() {
    // Newton's steps once ended here in a cycle of gradients just above a tenth of the tolerance,
    // every second of them less than half of the one before. The rows say y = 0.7, x = 0.3.
    QuadraticProgram program =
        new QuadraticProgram(
            "cycle",
            SparseMatrix.builder(2, 2).add(0, 0, 4).add(0, 1, 1).add(1, 1, 2).build(),
            new double[] {1, 1},
            SparseMatrix.builder(3, 2).add(0, 0, 1).add(0, 1, 1).add(1, 0, 1).add(2, 1, 1).build(),
            new double[] {1, 0, 0},
            new double[] {1, 0.7, 0.7});
    try (QpSolver solver = factory().setup(program, new QpSettings(1e-9, 0.0, 1000))) {
      var result = solver.solve();
      assertThat(result.status()).isEqualTo(QpStatus.SOLVED);
      assertThat(result.x()[0]).isBetween(0.3 - 1e-8, 0.3 + 1e-8);
    }
  }

  @Test
  void endsWhereRoundingKeepsItFromTheTolerance() {
    QuadraticProgram program =
        new QuadraticProgram(
            "third",
            SparseMatrix.diagonal(new double[] {3.0, 7.0}),
            new double[] {1e3, -1e3},
            SparseMatrix.builder(1, 2).add(0, 0, 3.0).add(0, 1, 7.0).build(),
            new double[] {1e3},
            new double[] {1e3});
    try (QpSolver solver = factory().setup(program, new QpSettings(1e-30, 0.0, 20_000))) {
      var result = solver.solve();
      assertThat(result.status()).isIn(QpStatus.ITERATION_LIMIT, QpStatus.SOLVED);
      assertThat(result.iterations()).isLessThan(2000);
    }
  }
}
