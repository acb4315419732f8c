package io.dualgrid.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Port;
import io.dualgrid.device.Sampling;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.qp.ReferenceSolver;
import java.util.List;
import org.junit.jupiter.api.Test;

class CentralProgramTest {
  private static final GridCase CASE = CaseLocator.read("6-bus");

  private static CentralProgram join(int steps) {
    Horizon horizon = Horizon.of(CASE.limits(), steps, Sampling.FIRST);
    return CentralProgram.join(new DesAssembler(CASE, horizon).assembleAll());
  }

  private static double cost(CentralProgram central, double[] x) {
    double cost = 0;
    for (int d = 0; d < central.programs().size(); d++) {
      cost += central.programs().get(d).costOf(central.partOf(d, x));
    }
    return cost;
  }

  /** At four steps, for the sake of the reference solver's time; it is no sparse one. */
  @Test
  void itsOptimumIsTheOneOfAnIndependentSolver() {
    CentralProgram central = join(4);
    double[] own = BoundingSolvers.preferred().setup(central.program(), 1e-8).solve().x();
    double reference = cost(central, ReferenceSolver.solve(central.program()));
    assertThat(cost(central, own)).isCloseTo(reference, withinPercentage(1e-3));
  }

  @Test
  void itsSolutionHasEqualCopiesOfEveryLine() {
    CentralProgram central = join(4);
    double[] x = BoundingSolvers.preferred().setup(central.program(), 1e-8).solve().x();
    int compared = 0;
    for (int d = 0; d < central.programs().size(); d++) {
      for (Port lower : central.programs().get(d).ports()) {
        if (lower.downstream()) {
          double[] below = new double[12];
          double[] above = new double[12];
          lower.read(central.partOf(d, x), below);
          readUpstream(central, lower, x, above);
          // the tolerance of the solver is 1e-8; the largest flow is 0.03, the voltages are about 1
          assertThat(below).containsExactly(above, within(1e-6));
          compared++;
        }
      }
    }
    assertThat(compared).isEqualTo(CASE.lines().size());
  }

  private static void readUpstream(CentralProgram central, Port lower, double[] x, double[] above) {
    List<DesProgram> programs = central.programs();
    for (int d = 0; d < programs.size(); d++) {
      for (Port port : programs.get(d).ports()) {
        if (!port.downstream() && port.line().equals(lower.line())) {
          port.read(central.partOf(d, x), above);
          return;
        }
      }
    }
    throw new AssertionError("no upper end of " + lower.line());
  }

  @Test
  void hasOneRowForEachPairOfCopies() {
    CentralProgram central = join(4);
    int own = central.programs().stream().mapToInt(p -> p.program().rowCount()).sum();
    assertThat(central.program().rowCount()).isEqualTo(own + CASE.lines().size() * 3 * 4);
  }
}
