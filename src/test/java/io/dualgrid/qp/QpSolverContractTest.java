package io.dualgrid.qp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend of quadratic programs must do. */
public abstract class QpSolverContractTest {
  /** Any solve tests for its end at least this often. */
  private static final int FEW_ITERATIONS = 50;

  private static final QpSettings SETTINGS = QpSettings.DEFAULT;

  /** How many iterations the backend may take for the hardest of the planted programs. */
  protected int iterationLimit() {
    return SETTINGS.maxIterations();
  }

  /** The backend under test. */
  protected abstract QpSolverFactory factory();

  private QpSolver setup(QuadraticProgram program) {
    return factory().setup(program, SETTINGS);
  }

  /** Solves a planted program, and holds the outcome to the optimum that was planted. */
  protected final void assertSolves(PlantedProgram planted) {
    QpSettings settings =
        new QpSettings(
            SETTINGS.absoluteTolerance(), SETTINGS.relativeTolerance(), iterationLimit());
    try (QpSolver solver = factory().setup(planted.program(), settings)) {
      QpResult result = solver.solve();
      Kkt.assertSolved(planted.program(), result, SETTINGS);
      Kkt.assertOptimal(planted.program(), result, planted.x(), planted.y());
      assertBounds(planted, result);
    }
  }

  /**
   * With dual residual r, the dual objective d is at most f* + r‖x*‖₁: put q = r − Px − Aᵀy into
   * f(x*). It reaches f(x) within the tolerance of the solve.
   */
  private void assertBounds(PlantedProgram planted, QpResult result) {
    if (!factory().capabilities().dualObjective()) {
      assertThat(result.dualObjective()).isNaN();
      return;
    }
    QuadraticProgram program = planted.program();
    Kkt kkt = Kkt.of(program, result.x(), result.y());
    double optimum = program.objective(planted.x());
    double objective = program.objective(result.x());
    double size = Arrays.stream(planted.x()).map(Math::abs).sum();
    double rounding = 1e-12 * (1 + Math.abs(optimum));
    assertThat(result.dualObjective())
        .isLessThan(optimum + kkt.dualResidual() * size + rounding)
        .isGreaterThan(
            objective
                - SETTINGS.absoluteTolerance()
                - SETTINGS.relativeTolerance() * Math.abs(objective)
                - rounding);
  }

  @Test
  void namesItselfAndItsVersion() {
    assertThat(factory().name()).matches("[a-z]+(-[a-z]+)*");
    assertThat(factory().version()).isNotBlank();
  }

  @Test
  void solvesAnExampleDoneByHand() {
    // min x² + y² - 2x - 5y over x - 2y ≥ -2, x + 2y ≤ 6, x - 2y ≤ 2, x, y ≥ 0 is at (1.4, 1.7),
    // where the first row alone is active with multiplier 0.8 (Nocedal and Wright, Numerical
    // Optimization, example 16.4).
    QuadraticProgram program =
        new QuadraticProgram(
            "example",
            SparseMatrix.diagonal(new double[] {2, 2}),
            new double[] {-2, -5},
            SparseMatrix.builder(5, 2)
                .add(0, 0, 1)
                .add(0, 1, -2)
                .add(1, 0, 1)
                .add(1, 1, 2)
                .add(2, 0, 1)
                .add(2, 1, -2)
                .add(3, 0, 1)
                .add(4, 1, 1)
                .build(),
            new double[] {-2, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 0},
            new double[] {
              Double.POSITIVE_INFINITY, 6, 2, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY
            });
    try (QpSolver solver = setup(program)) {
      QpResult result = solver.solve();
      Kkt.assertSolved(program, result, SETTINGS);
      // P = 2I: an error of the gradient of 1e-7 moves x by half of it.
      assertThat(result.x()[0]).isBetween(1.4 - 1e-6, 1.4 + 1e-6);
      assertThat(result.x()[1]).isBetween(1.7 - 1e-6, 1.7 + 1e-6);
      assertThat(result.y()[0]).isBetween(-0.8 - 1e-6, -0.8 + 1e-6);
    }
  }

  @Test
  void solvesWithoutAnyRow() {
    QuadraticProgram program =
        new QuadraticProgram(
            "free",
            SparseMatrix.diagonal(new double[] {1, 4}),
            new double[] {-3, 8},
            SparseMatrix.builder(0, 2).build(),
            new double[0],
            new double[0]);
    try (QpSolver solver = setup(program)) {
      QpResult result = solver.solve();
      Kkt.assertSolved(program, result, SETTINGS);
      assertThat(result.x()[0]).isBetween(3 - 1e-6, 3 + 1e-6);
      assertThat(result.x()[1]).isBetween(-2 - 1e-6, -2 + 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void findsPlantedOptimaOfStrictlyConvexPrograms(long seed) {
    assertSolves(new PlantedProgram.Recipe().plant(seed));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void findsPlantedOptimaOfNearlyLinearPrograms(long seed) {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.quadraticRank = 4;
    assertSolves(recipe.plant(seed));
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
  void findsPlantedOptimaOfLinearPrograms(long seed) {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.quadraticRank = 0;
    recipe.activeShare = 0.6;
    assertSolves(recipe.plant(seed));
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38})
  void findsPlantedOptimaOfDegeneratePrograms(long seed) {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.quadraticRank = 10;
    recipe.activeShare = 0.7;
    recipe.degenerateShare = 0.5;
    recipe.repeatedRows = 8;
    assertSolves(recipe.plant(seed));
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44, 45, 46, 47, 48})
  void findsPlantedOptimaOfBadlyScaledPrograms(long seed) {
    // Rows and columns spread over three decades, as when kW and per unit are mixed.
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.decades = 1.5;
    assertSolves(recipe.plant(seed));
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53, 54})
  void findsPlantedOptimaOfLargerSparsePrograms(long seed) {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.variables = 300;
    recipe.rows = 400;
    recipe.density = 0.01;
    recipe.quadraticRank = 600;
    assertSolves(recipe.plant(seed));
  }

  @ParameterizedTest
  @ValueSource(longs = {61, 62, 63, 64})
  void detectsPrimalInfeasibility(long seed) {
    // A row that asks the sum of two others to exceed their upper bounds.
    Random random = new Random(seed);
    int n = 10;
    SparseMatrix.Builder builder = SparseMatrix.builder(13, n);
    double[] lower = new double[13];
    double[] upper = new double[13];
    for (int j = 0; j < n; j++) {
      double first = random.nextGaussian();
      double second = random.nextGaussian();
      builder.add(0, j, first).add(1, j, second).add(2, j, first + second);
      builder.add(3 + j, j, 1.0);
      lower[3 + j] = -100;
      upper[3 + j] = 100;
    }
    Arrays.fill(lower, 0, 2, Double.NEGATIVE_INFINITY);
    Arrays.fill(upper, 0, 2, 1.0);
    lower[2] = 2.5;
    upper[2] = Double.POSITIVE_INFINITY;
    QuadraticProgram program =
        new QuadraticProgram(
            "DES of node 7",
            SparseMatrix.diagonal(random.doubles(n, 0.0, 1.0).toArray()),
            random.doubles(n, -1.0, 1.0).toArray(),
            builder.build(),
            lower,
            upper);
    try (QpSolver solver = setup(program)) {
      QpResult result = solver.solve();
      assertThat(result.status()).isEqualTo(QpStatus.PRIMAL_INFEASIBLE);
      assertThat(result.message()).contains("DES of node 7");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {71, 72, 73, 74})
  void detectsDualInfeasibility(long seed) {
    // The last variable costs less the larger it is, and only its lower bound is given.
    Random random = new Random(seed);
    int n = 10;
    double[] diagonal = random.doubles(n, 0.5, 1.0).toArray();
    diagonal[n - 1] = 0.0;
    double[] linear = random.doubles(n, -1.0, 1.0).toArray();
    linear[n - 1] = -1.0;
    double[] upper = new double[n];
    Arrays.fill(upper, 1.0);
    upper[n - 1] = Double.POSITIVE_INFINITY;
    double[] ones = new double[n];
    Arrays.fill(ones, 1.0);
    QuadraticProgram program =
        new QuadraticProgram(
            "DES of node 9",
            SparseMatrix.diagonal(diagonal),
            linear,
            SparseMatrix.diagonal(ones),
            new double[n],
            upper);
    try (QpSolver solver = setup(program)) {
      QpResult result = solver.solve();
      assertThat(result.status()).isEqualTo(QpStatus.DUAL_INFEASIBLE);
      assertThat(result.message()).contains("DES of node 9");
    }
  }

  @Test
  void recoversFromAnInfeasibleLinearTerm() {
    QuadraticProgram program =
        new QuadraticProgram(
            "half-line",
            SparseMatrix.diagonal(new double[] {0.0}),
            new double[] {-1.0},
            SparseMatrix.diagonal(new double[] {1.0}),
            new double[] {2.0},
            new double[] {Double.POSITIVE_INFINITY});
    try (QpSolver solver = setup(program)) {
      assertThat(solver.solve().status()).isEqualTo(QpStatus.DUAL_INFEASIBLE);
      solver.updateLinear(new double[] {1.0});
      QpResult result = solver.solve();
      assertThat(result.status()).isEqualTo(QpStatus.SOLVED);
      assertThat(result.x()[0]).isBetween(2.0 - 1e-6, 2.0 + 1e-6);
    }
  }

  @Test
  void tellsWhenTheIterationLimitIsReached() {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.quadraticRank = 0;
    PlantedProgram planted = recipe.plant(81);
    try (QpSolver solver = factory().setup(planted.program(), new QpSettings(1e-12, 0.0, 2))) {
      QpResult result = solver.solve();
      assertThat(result.status()).isEqualTo(QpStatus.ITERATION_LIMIT);
      assertThat(result.iterations()).isEqualTo(2);
      assertThat(result.message()).contains("planted-81", "2 iterations");
      assertThat(result.x()).doesNotContain(Double.NaN);
    }
  }

  @Test
  void convergedOnTheLastPermittedIterationIsConverged() {
    PlantedProgram planted = new PlantedProgram.Recipe().plant(82);
    int needed;
    try (QpSolver solver = setup(planted.program())) {
      needed = solver.solve().iterations();
    }
    QpSettings exact =
        new QpSettings(SETTINGS.absoluteTolerance(), SETTINGS.relativeTolerance(), needed);
    try (QpSolver solver = factory().setup(planted.program(), exact)) {
      assertThat(solver.solve().status()).isEqualTo(QpStatus.SOLVED);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {91, 92, 93, 94})
  void secondSolveStartsFromTheFirst(long seed) {
    PlantedProgram planted = new PlantedProgram.Recipe().plant(seed);
    try (QpSolver solver = setup(planted.program())) {
      int first = solver.solve().iterations();
      QpResult again = solver.solve();
      Kkt.assertSolved(planted.program(), again, SETTINGS);
      if (factory().capabilities().warmStart()) {
        assertThat(again.iterations()).isLessThanOrEqualTo(FEW_ITERATIONS);
      } else {
        assertThat(again.iterations()).isEqualTo(first);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {95, 96, 97, 98})
  void warmStartFromTheOptimumNeedsFewIterations(long seed) {
    PlantedProgram planted = new PlantedProgram.Recipe().plant(seed);
    try (QpSolver solver = setup(planted.program())) {
      int cold =
          factory().capabilities().warmStart() ? FEW_ITERATIONS : solver.solve().iterations();
      solver.warmStart(planted.x(), planted.y());
      QpResult result = solver.solve();
      Kkt.assertSolved(planted.program(), result, SETTINGS);
      assertThat(result.iterations()).isLessThanOrEqualTo(cold);
    }
  }

  @Test
  void followsAMovingLinearTerm() {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.quadraticRank = 60; // of full rank, so that there is an optimum for any linear term
    QuadraticProgram program = recipe.plant(101).program();
    Random random = new Random(101);
    try (QpSolver solver = setup(program)) {
      for (int step = 0; step < 30; step++) {
        double[] linear = program.linear().clone();
        for (int j = 0; j < linear.length; j++) {
          linear[j] += 0.1 * random.nextGaussian();
        }
        solver.updateLinear(linear);
        QpResult result = solver.solve();
        QuadraticProgram moved = with(program, program.quadratic(), linear, null, null);
        Kkt.assertSolved(moved, result, SETTINGS);
        assertAgreesWithFreshSolver(moved, result);
      }
    }
  }

  @Test
  void linearTermIsCopied() {
    PlantedProgram planted = new PlantedProgram.Recipe().plant(102);
    try (QpSolver solver = setup(planted.program())) {
      double[] linear = planted.program().linear().clone();
      solver.updateLinear(linear);
      Arrays.fill(linear, 1e6);
      Kkt.assertSolved(planted.program(), solver.solve(), SETTINGS);
    }
  }

  @Test
  void followsAChangingDiagonal() {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.quadraticRank = 60;
    QuadraticProgram program = recipe.plant(103).program();
    SparseMatrix quadratic = program.quadratic();
    try (QpSolver solver = setup(program)) {
      solver.solve();
      for (double factor : new double[] {2.0, 10.0, 1000.0, 1.0}) {
        double[] diagonal = new double[program.variableCount()];
        double[] values = quadratic.values().clone();
        for (int j = 0; j < diagonal.length; j++) {
          int place = quadratic.columnPointers()[j + 1] - 1;
          diagonal[j] = values[place] + factor;
          values[place] = diagonal[j];
        }
        solver.updateQuadraticDiagonal(diagonal);
        QpResult result = solver.solve();
        QuadraticProgram changed =
            with(
                program,
                new SparseMatrix(
                    diagonal.length,
                    diagonal.length,
                    quadratic.columnPointers(),
                    quadratic.rowIndices(),
                    values),
                program.linear(),
                null,
                null);
        Kkt.assertSolved(changed, result, SETTINGS);
        assertAgreesWithFreshSolver(changed, result);
      }
    }
  }

  @Test
  void keepsItsStartWhenTheDiagonalChanges() {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.decades = 1.0; // so that a start in the wrong scaling would show
    QuadraticProgram program = recipe.plant(104).program();
    SparseMatrix quadratic = program.quadratic();
    double[] diagonal = new double[program.variableCount()];
    for (int j = 0; j < diagonal.length; j++) {
      diagonal[j] = quadratic.values()[quadratic.columnPointers()[j + 1] - 1];
    }
    try (QpSolver solver = setup(program)) {
      solver.solve();
      solver.updateQuadraticDiagonal(diagonal); // the same one
      QpResult again = solver.solve();
      Kkt.assertSolved(program, again, SETTINGS);
      assertThat(again.iterations()).isLessThanOrEqualTo(FEW_ITERATIONS);
    }
  }

  @Test
  void givesTheSameBitsAgain() {
    PlantedProgram.Recipe recipe = new PlantedProgram.Recipe();
    recipe.quadraticRank = 4;
    QuadraticProgram program = recipe.plant(106).program();
    double[] shifted = Arrays.stream(program.linear()).map(value -> value * 1.001).toArray();
    double[][] runs = new double[2][];
    for (int run = 0; run < 2; run++) {
      try (QpSolver solver = setup(program)) {
        solver.solve();
        solver.updateLinear(shifted);
        runs[run] = solver.solve().x().clone();
      }
    }
    assertThat(runs[0]).isEqualTo(runs[1]);
  }

  @Test
  void refusesWrongLengthsAndValues() {
    PlantedProgram planted = new PlantedProgram.Recipe().plant(107);
    int n = planted.x().length;
    int m = planted.y().length;
    try (QpSolver solver = setup(planted.program())) {
      assertThatThrownBy(() -> solver.updateLinear(new double[n + 1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("planted-107: linear has length " + (n + 1));
      assertThatThrownBy(() -> solver.updateQuadraticDiagonal(new double[n - 1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("planted-107: diagonal has length " + (n - 1));
      assertThatThrownBy(() -> solver.warmStart(new double[n], new double[m - 1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("planted-107: y has length " + (m - 1));
      double[] broken = new double[n];
      broken[3] = Double.NaN;
      assertThatThrownBy(() -> solver.updateLinear(broken))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("planted-107: linear[3] is NaN");
      broken[3] = -1.0;
      assertThatThrownBy(() -> solver.updateQuadraticDiagonal(broken))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("planted-107: diagonal[3] is -1.0");
      // What was refused has changed nothing.
      Kkt.assertSolved(planted.program(), solver.solve(), SETTINGS);
    }
  }

  @Test
  void refusesToWorkOnceClosedAndClosesTwice() {
    PlantedProgram planted = new PlantedProgram.Recipe().plant(108);
    QpSolver solver = setup(planted.program());
    solver.solve();
    solver.close();
    solver.close();
    assertThatThrownBy(solver::solve)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("planted-108");
    assertThatThrownBy(() -> solver.updateLinear(planted.x()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> solver.updateQuadraticDiagonal(new double[planted.x().length]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> solver.warmStart(planted.x(), planted.y()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesAProgramThatIsNotConvex() {
    QuadraticProgram program =
        new QuadraticProgram(
            "saddle",
            SparseMatrix.builder(2, 2).add(0, 0, 1).add(0, 1, 3).add(1, 1, 1).build(),
            new double[] {1, 1},
            SparseMatrix.diagonal(new double[] {1, 1}),
            new double[] {-1, -1},
            new double[] {1, 1});
    assertThatThrownBy(() -> setup(program))
        .isInstanceOf(QpException.class)
        .hasMessageContaining("saddle");
  }

  @Test
  void survivesNumbersThatOverflow() {
    // Products of these are infinite, and their differences no numbers at all.
    QuadraticProgram program =
        new QuadraticProgram(
            "huge",
            SparseMatrix.diagonal(new double[] {1e300, 1e300}),
            new double[] {1e308, -1e308},
            SparseMatrix.builder(1, 2).add(0, 0, 1e308).add(0, 1, 1e308).build(),
            new double[] {-1e308},
            new double[] {1e308});
    try (QpSolver solver = setup(program)) {
      assertNoNumberIsMissing(solver.solve());
      // what came of it is not where the next solve starts
      solver.updateLinear(new double[] {1e300, -1e300});
      assertNoNumberIsMissing(solver.solve());
    }
    // within so wide a tolerance at once, but beyond all numbers in the program's units
    try (QpSolver solver = factory().setup(program, new QpSettings(1e-7, 9.0, 100))) {
      solver.warmStart(new double[] {1e150, 1e150}, new double[] {1e300});
      assertNoNumberIsMissing(solver.solve());
    }
  }

  private static void assertNoNumberIsMissing(QpResult result) {
    boolean finite =
        Arrays.stream(result.x()).allMatch(Double::isFinite)
            && Arrays.stream(result.y()).allMatch(Double::isFinite);
    assertThat(result.status() == QpStatus.SOLVED && !finite).isFalse();
  }

  @Test
  void followsTheConsensusOfAFeeder() {
    // In per unit: P and Q are held fast, V loosely, as the published penalties have it.
    ConsensusSequence sequence = new ConsensusSequence("6-bus", 20.0, 1e-4);
    sequence.run(factory(), SETTINGS, 30);
  }

  /** Two solutions within tolerance of one program prove each other right, by weak duality. */
  private void assertAgreesWithFreshSolver(QuadraticProgram program, QpResult result) {
    try (QpSolver fresh = setup(program)) {
      QpResult reference = fresh.solve();
      Kkt.assertSolved(program, reference, SETTINGS);
      double slack =
          Kkt.of(program, reference.x(), reference.y()).rowViolation()
              * Arrays.stream(result.y()).map(Math::abs).sum();
      assertThat(program.objective(result.x()))
          .isBetween(
              program.objective(reference.x()) - bound(program, reference, result) - slack,
              program.objective(reference.x()) + bound(program, result, reference) + slack);
    }
  }

  /** How far the objective at one point can be above the optimum, given where another one is. */
  private static double bound(QuadraticProgram program, QpResult point, QpResult other) {
    Kkt kkt = Kkt.of(program, point.x(), point.y());
    double distance = 0.0;
    for (int j = 0; j < point.x().length; j++) {
      distance += Math.abs(point.x()[j] - other.x()[j]);
    }
    double violation = Kkt.of(program, other.x(), other.y()).rowViolation();
    return kkt.dualResidual() * distance
        + Math.abs(kkt.supportGap())
        + violation * Arrays.stream(point.y()).map(Math::abs).sum()
        + 1e-12 * (1 + Math.abs(program.objective(point.x())));
  }

  private static QuadraticProgram with(
      QuadraticProgram program,
      SparseMatrix quadratic,
      double[] linear,
      double[] lower,
      double[] upper) {
    return new QuadraticProgram(
        program.name(),
        quadratic,
        linear,
        program.constraints(),
        lower == null ? program.lower() : lower,
        upper == null ? program.upper() : upper);
  }
}
