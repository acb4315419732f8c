package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.qp.ReferenceSolver;
import io.dualgrid.site.CentralProgram;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The central optimum against ojAlgo's, at as many steps as that solves in a second or so; {@code
 * scripts/check-central} compares all steps with HiGHS, from a model of its own.
 */
class CentralRefereeTest {
  @ParameterizedTest
  @CsvSource({"6-bus, 4", "6-bus, 8", "yingkou-60, 1", "yingkou-60, 2"})
  void agreesWithTheReferenceSolver(String name, int steps) {
    GridCase gridCase = CaseLocator.read(name);
    RunSettings settings = RunSettings.builder().steps(steps).build();
    CentralResult central = DispatchEngine.central(gridCase, settings);
    assertThat(central.solved()).as(central.status()).isTrue();
    Horizon horizon = Horizon.of(gridCase.limits(), steps, settings.sampling());
    List<DesProgram> programs = new DesAssembler(gridCase, horizon).assembleAll();
    CentralProgram joined = CentralProgram.join(programs);
    double reference =
        joined.program().objective(ReferenceSolver.solve(joined.program())) * horizon.basePowerKw();
    // relative 1e-8 of the interior point, ojAlgo's 1e-6 or so on its rows: 1e-5 holds both
    assertThat(central.totalCost()).isCloseTo(reference, withinPercentage(1e-3));
  }
}
