package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.caseio.format.CaseLocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CentralSolverTest {
  /**
   * Optima found with HiGHS from the same model, its feasibility and optimality tolerances at 1e-9.
   * The interior-point method stops at a relative gap of 1e-8; rows are off by as much, which
   * multiplies by prices: 1e-6 leaves two orders for that.
   */
  @ParameterizedTest
  @CsvSource({"6-bus, 477.0", "yingkou-60, 28300.648617"})
  void agreesWithAnIndependentSolver(String name, double optimum) {
    CentralResult central =
        DispatchEngine.central(CaseLocator.read(name), RunSettings.builder().steps(24).build());
    assertThat(central.solved()).as(central.status()).isTrue();
    assertThat(central.totalCost()).isCloseTo(optimum, withinPercentage(1e-4));
  }
}
