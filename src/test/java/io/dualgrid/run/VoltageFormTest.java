package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.feeder.VoltageForm;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * 1 MW at the end of a transformer of ratio 0.98 and a line, R = 10 of 100 ohm each. Power costs 1
 * a kWh from the root and 3 beside the load, at which V ≥ 0.9. Right values by hand, with F the
 * power that comes over the lines: squared, V² = 1/0.98² − 2·0.1·F − 2·0.1·F in per unit, so that V
 * is 0.9 at F = (1/0.98² − 0.81)/0.4 = 0.578; linear, V = 1/0.98 − 0.2·F, which is 0.9 at 0.602.
 */
class VoltageFormTest {
  private static final int STEPS = 2;

  private static final double SQUARED_FLOW = (1 / (0.98 * 0.98) - 0.81) / 0.4;
  private static final double LINEAR_FLOW = (1 / 0.98 - 0.9) / 0.2;

  @Test
  void flowAtTheLimitIsThatOfTheForm() {
    assertCost(VoltageForm.LINEAR, LINEAR_FLOW);
    assertCost(VoltageForm.SQUARED, SQUARED_FLOW);
  }

  private static void assertCost(VoltageForm form, double flow) {
    CentralResult central = DispatchEngine.central(feeder(), settings(Algorithm.NEWTON, form));
    double optimum = 24 * 1000 * (flow + 3 * (1 - flow));
    assertThat(central.totalCost()).isCloseTo(optimum, offset(1e-6 * optimum));
    assertThat(voltages(central.dispatch(), "2", "V"))
        .containsExactly(new double[] {0.9, 0.9}, offset(1e-6));
    // the junction: half of the drop
    double drop = 0.1 * flow;
    double between =
        form == VoltageForm.LINEAR ? 1 / 0.98 - drop : Math.sqrt(1 / (0.98 * 0.98) - 2 * drop);
    assertThat(voltages(central.dispatch(), "1", "V"))
        .containsExactly(new double[] {between, between}, offset(1e-6));
    assertThat(voltages(central.dispatch(), "1-2", "V_z"))
        .containsExactly(new double[] {between, between}, offset(1e-6));
  }

  @Test
  void newtonPlansSquaredVoltages() {
    RunResult run =
        DispatchEngine.run(
            feeder(), settings(Algorithm.NEWTON, VoltageForm.SQUARED), RunObserver.NONE);
    assertThat(run.status()).as("%s", run.notices()).isEqualTo(RunStatus.CONVERGED);
    double optimum = 24 * 1000 * (SQUARED_FLOW + 3 * (1 - SQUARED_FLOW));
    // 1e-4, the gap that is certified; of the cost that is 9e-5 p.u. of power, 2e-5 of voltage
    assertThat(run.totalCost()).isBetween(optimum * (1 - 1e-5), optimum * (1 + 1e-4));
    assertThat(run.voltageMinPu()).isCloseTo(0.9, offset(2e-5));
  }

  private static double[] voltages(List<DispatchSeries> dispatch, String place, String quantity) {
    return dispatch.stream()
        .filter(series -> series.node().equals(place) && series.quantity().equals(quantity))
        .findFirst()
        .orElseThrow()
        .values();
  }

  private static RunSettings settings(Algorithm algorithm, VoltageForm form) {
    return SixBus.settings(Privacy.NONE).toBuilder()
        .algorithm(algorithm)
        .steps(STEPS)
        .maxIterations(2000)
        .voltageForm(form)
        .build();
  }

  private static GridCase feeder() {
    Profile one = profile(1.0);
    GridInterface grid = new GridInterface(5000, 0, one, profile(0.0), Double.NaN, -5e3, 5e3);
    List<Node> nodes =
        List.of(
            new Node(0, "root", List.of(grid)),
            new Node(1, "junction", List.of()),
            new Node(
                2,
                "load",
                List.of(
                    new PowerLoad(profile(1000.0)), new CombinedHeatPower(2000, 0.0, 3.0, 1.0))));
    double unrated = Double.POSITIVE_INFINITY;
    List<Line> lines =
        List.of(new Line(0, 1, 10.0, 0.0, 0.98, unrated), new Line(1, 2, 10.0, 0.0, 1.0, unrated));
    return new GridCase(
        "two lines",
        "in memory",
        new NetworkLimits(24, STEPS, 1000, 100, 0.9, 1.05, 1.0, 1e5, 0.0),
        nodes,
        lines,
        new FeederTree(List.of(0, 1, 2), lines));
  }

  private static Profile profile(double value) {
    double[] values = new double[STEPS];
    Arrays.fill(values, 1.0);
    return new Profile("p.csv", "one", value, values);
  }
}
