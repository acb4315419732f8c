package io.dualgrid.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.qp.PlantedProgram;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.java.PureQpSolverFactory;
import io.dualgrid.runtime.StepClock;
import org.junit.jupiter.api.Test;

class DirectProblemTest {
  private static final QpSettings FINE = new QpSettings(1e-7, 0.0, 20_000);

  private final PlantedProgram planted = new PlantedProgram.Recipe().plant(5);
  private final QuadraticProgram program = planted.program();

  private QpSolver limitedTo(int iterations) {
    return new PureQpSolverFactory().setup(program, FINE.withMaxIterations(iterations));
  }

  @Test
  void aSolveThatReachesItsLimitIsDoneAgain() {
    try (DirectProblem problem =
        new DirectProblem(limitedTo(1), () -> limitedTo(20_000), "second")) {
      double[] x = problem.solve(program.linear(), new StepClock());
      // both objectives are right to about 1e-9 times the sum of the multipliers, which is below
      // 1e2
      assertThat(program.objective(x)).isCloseTo(program.objective(planted.x()), within(1e-7));
      assertThat(problem.incidents())
          .containsExactlyEntriesOf(
              java.util.Map.of(
                  "solves that reached their iteration limit and were done again by the second"
                      + " backend",
                  1));
    }
  }

  @Test
  void theLastIterateIsUsedWhereNobodyFinishes() {
    try (DirectProblem problem = new DirectProblem(limitedTo(1), () -> limitedTo(1), "second")) {
      assertThat(problem.solve(program.linear(), new StepClock())).isNotNull();
      assertThat(problem.incidents().keySet())
          .singleElement()
          .asString()
          .contains("the last iterate was used");
    }
    try (DirectProblem problem = new DirectProblem(limitedTo(1), null, "")) {
      problem.solve(program.linear(), new StepClock());
      assertThat(problem.incidents()).containsValue(1);
    }
  }

  @Test
  void whatIsSolvedIsNoIncident() {
    try (DirectProblem problem =
        new DirectProblem(
            limitedTo(20_000),
            () -> {
              throw new AssertionError("not needed");
            },
            "second")) {
      problem.solve(program.linear(), new StepClock());
      assertThat(problem.incidents()).isEmpty();
    }
  }
}
