package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Port;
import io.dualgrid.device.Sampling;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.site.CentralProgram;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prices at nodes against the multipliers of the whole case as one program. */
class NodePricesTest {
  private static final int STEPS = 24;

  /**
   * Relative, of the dearest price. Where the root trades, the price of P is that of its profile,
   * so that both are right to what their interior points leave, far below.
   */
  private static final double RIGHT = 1e-4;

  /** Below this the root may neither buy nor sell, and the price is one of many. */
  private static final double TRADES_KW = 1.0;

  /** Multipliers of the equations that say that both ends of the line above have the same P. */
  private static Map<String, double[]> central(GridCase gridCase) {
    Horizon horizon = Horizon.of(gridCase.limits(), STEPS, Sampling.FIRST);
    List<DesProgram> programs = new DesAssembler(gridCase, horizon).assembleAll();
    CentralProgram central = CentralProgram.join(programs);
    Map<String, double[]> prices = new HashMap<>();
    try (QpSolver solver = BoundingSolvers.preferred().setup(central.program(), 1e-9)) {
      QpResult result = solver.solve();
      assertThat(result.status()).isEqualTo(QpStatus.SOLVED);
      int row = programs.stream().mapToInt(program -> program.program().rowCount()).sum();
      for (DesProgram program : programs) {
        for (Port port : program.ports()) {
          if (port.downstream()) {
            double[] price = new double[STEPS];
            for (int t = 0; t < STEPS; t++) {
              // of a flow that comes down to the node, which is what a supply there replaces
              price[t] = result.y()[row + t] / horizon.stepHours();
            }
            prices.put(Integer.toString(program.nodeId()), price);
            row += 3 * STEPS;
          }
        }
      }
    }
    return prices;
  }

  private static double[] series(List<DispatchSeries> of, String node, String quantity) {
    return of.stream()
        .filter(
            one ->
                one.node().equals(node)
                    && one.device().equals("bus")
                    && one.quantity().equals(quantity))
        .findFirst()
        .orElseThrow()
        .values();
  }

  /** One kWh at the load replaces one of the generator's; at the root, one of the grid's. */
  @ParameterizedTest
  @EnumSource(TwoNodes.Limit.class)
  void areSplitByWhatMovesThem(TwoNodes.Limit limit) {
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .algorithm(Algorithm.NEWTON)
            .gapTolerance(1e-6)
            .steps(2)
            .threads(1)
            .build();
    RunResult result =
        DispatchEngine.run(TwoNodes.heldAtSevenHundredKw(limit, 10.0), settings, RunObserver.NONE);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    boolean voltage = limit == TwoNodes.Limit.VOLTAGE;
    Map<String, Double> expected =
        Map.of(
            "P",
            10.0,
            "P_energy",
            1.0,
            "P_voltage",
            voltage ? 9 : 0.0,
            "P_flow",
            voltage ? 0 : 9.0);
    expected.forEach(
        (quantity, price) ->
            assertThat(series(result.prices(), "1", quantity))
                .as(quantity)
                .containsExactly(new double[] {price, price}, within(RIGHT * 10.0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"6-bus", "yingkou-60"})
  void areTheMultipliersOfTheCentralProgramWhereTheRootTrades(String name) {
    GridCase gridCase = CaseLocator.read(name);
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .algorithm(Algorithm.NEWTON)
            .gapTolerance(1e-6)
            .threads(2)
            .build();
    RunResult result = DispatchEngine.run(gridCase, settings, RunObserver.NONE);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    Map<String, double[]> expected = central(gridCase);
    String root = Integer.toString(gridCase.tree().root());
    double[] traded = series(result.dispatch(), root, "P");
    double[] atRoot = series(result.prices(), root, "P");
    double dearest = 0.0;
    for (double price : atRoot) {
      dearest = Math.max(dearest, Math.abs(price));
    }
    int compared = 0;
    for (Map.Entry<String, double[]> node : expected.entrySet()) {
      double[] price = series(result.prices(), node.getKey(), "P");
      double[] energy = series(result.prices(), node.getKey(), "P_energy");
      double[] voltage = series(result.prices(), node.getKey(), "P_voltage");
      double[] flow = series(result.prices(), node.getKey(), "P_flow");
      for (int t = 0; t < STEPS; t++) {
        assertThat(energy[t]).isEqualTo(atRoot[t]); // no limit is of the root's
        double sum = energy[t] + voltage[t] + flow[t];
        assertThat(sum).isCloseTo(price[t], within(1e-12 * dearest));
        assertThat(flow[t]).isCloseTo(0.0, within(1e-12 * dearest)); // no flow is near its limit
        if (Math.abs(traded[t]) > TRADES_KW) {
          assertThat(price[t])
              .as("node %s at step %s", node.getKey(), t)
              .isCloseTo(node.getValue()[t], within(RIGHT * dearest));
          compared++;
        }
      }
    }
    assertThat(compared).isPositive();
  }
}
