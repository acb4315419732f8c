package io.dualgrid.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.device.storage.HeatStore;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points set by hand, two steps of an hour, base 1 kW: per unit is kW. */
class NettingTest {
  /** Of numbers below a hundred, a few roundings. */
  private static final double ROUNDING = 1e-12;

  /** What a solver keeps a row by, see {@link Netting}. */
  private static final double SOLVED = 1e-8;

  /** tan(acos 0.8). */
  private static final double SLOPE = 0.75;

  private final NetworkLimits limits = new NetworkLimits(2, 2, 1.0, 1e3, 0.5, 1.5, 1.0, 1e5, 0.0);

  private DesProgram program(DeviceSpec device) {
    List<Line> lines = List.of(new Line(0, 1, 1.0, 1.0));
    List<Node> nodes =
        List.of(new Node(0, "root", List.of(device)), new Node(1, "other", List.of()));
    GridCase gridCase =
        new GridCase("net", "", limits, nodes, lines, new FeederTree(List.of(0, 1), lines));
    return new DesAssembler(gridCase, Horizon.of(limits, 2, Sampling.FIRST)).assemble(nodes.get(0));
  }

  private static int[] block(DesProgram program, String quantity) {
    return program.quantities().stream()
        .filter(series -> series.name().equals(quantity) && !series.device().equals("bus"))
        .findFirst()
        .orElseThrow()
        .variables();
  }

  private static void set(DesProgram program, double[] x, String quantity, double... values) {
    int[] block = block(program, quantity);
    for (int t = 0; t < values.length; t++) {
      x[block[t]] = values[t];
    }
  }

  private static double[] get(DesProgram program, double[] x, String quantity) {
    int[] block = block(program, quantity);
    return new double[] {x[block[0]], x[block[1]]};
  }

  /** The most by which a row of a point is outside of its limits. */
  private static double outside(QuadraticProgram program, double[] x) {
    double[] activity = new double[program.rowCount()];
    program.constraints().multiply(x, activity);
    double most = 0.0;
    for (int i = 0; i < activity.length; i++) {
      most = Math.max(most, program.lower()[i] - activity[i]);
      most = Math.max(most, activity[i] - program.upper()[i]);
    }
    return most;
  }

  private static Battery battery(double chargeEfficiency, double dischargeEfficiency) {
    return new Battery(50.0, 100.0, 40.0, 0.0, chargeEfficiency, dischargeEfficiency, 0.8);
  }

  @Test
  void aHeatStoreHasItsNet() {
    DesProgram program = program(new HeatStore(50.0, 100.0, 40.0, 0.0));
    double[] x = new double[program.program().variableCount()];
    set(program, x, "H_sto", 44.0, 3.0);
    set(program, x, "H_rel", 40.0, 7.0);
    set(program, x, "E", 44.0, 40.0);
    Netting netting = Netting.of(program, x);
    assertThat(get(program, netting.solution(), "H_sto")).containsExactly(4.0, 0.0);
    assertThat(get(program, netting.solution(), "H_rel")).containsExactly(0.0, 4.0);
    assertThat(get(program, netting.solution(), "E")).containsExactly(44.0, 40.0);
    assertThat(netting.kept()).isEmpty();
    assertThat(x[block(program, "H_sto")[0]]).as("the point itself").isEqualTo(44.0);
  }

  @Test
  void aLosslessBatteryKeepsWhatItsReactivePowerNeeds() {
    DesProgram program = program(battery(1.0, 1.0));
    double[] x = new double[program.program().variableCount()];
    set(program, x, "P_charge", 44.0, 30.0);
    set(program, x, "P_discharge", 44.0, 30.0);
    // 3 kvar take 3/0.75 = 4 kW in all; at the other step none is left over
    set(program, x, "Q_charge", -1.0, 0.0);
    set(program, x, "Q_discharge", 2.0, 0.0);
    set(program, x, "E", 40.0, 40.0);
    Netting netting = Netting.of(program, x);
    double[] net = netting.solution();
    assertThat(get(program, net, "P_charge")[0]).isCloseTo(2.0, within(ROUNDING));
    assertThat(get(program, net, "P_discharge")[0]).isCloseTo(2.0, within(ROUNDING));
    assertThat(get(program, net, "P_charge")[1]).isZero();
    assertThat(get(program, net, "P_discharge")[1]).isZero();
    assertThat(get(program, net, "Q_discharge")[0] - get(program, net, "Q_charge")[0])
        .isCloseTo(3.0, within(ROUNDING));
    assertThat(Math.abs(get(program, net, "Q_charge")[0])).isLessThan(SLOPE * 2.0 + ROUNDING);
    assertThat(netting.kept()).hasSize(1);
    assertThat(netting.kept().get(0).steps()).containsExactly(0);
    assertThat(netting.kept().get(0).largestKw()).isCloseTo(2.0, within(ROUNDING));
    assertThat(netting.kept().get(0).forReactivePower()).isTrue();
  }

  @Test
  void aBatteryWithLossesStaysAsItIsAndIsNamed() {
    DesProgram program = program(battery(0.9, 0.9));
    double[] x = new double[program.program().variableCount()];
    set(program, x, "P_charge", 20.0, 20.0);
    set(program, x, "P_discharge", 16.2, 0.01); // of which 0.01 is what a solver leaves
    Netting netting = Netting.of(program, x);
    assertThat(netting.solution()).containsExactly(x);
    assertThat(netting.kept())
        .containsExactly(
            new Netting.Kept(0, "BT", "P_charge", "P_discharge", List.of(0), 16.2, false));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5})
  void buyingAndSellingIsNettedAtOnePriceOnly(double sellPrice) {
    Profile buy = new Profile("p.csv", "1", 1.0, new double[] {0.5, 0.5});
    Profile sell = new Profile("p.csv", "2", 1.0, new double[] {sellPrice, sellPrice});
    DesProgram program = program(new GridInterface(100.0, 100.0, buy, sell, 0.8));
    double[] x = new double[program.program().variableCount()];
    set(program, x, "P_buy", 60.0, 10.0);
    set(program, x, "P_sell", 20.0, 30.0);
    Netting netting = Netting.of(program, x);
    boolean tie = sellPrice == 0.5;
    assertThat(get(program, netting.solution(), "P_buy"))
        .containsExactly(tie ? 40.0 : 60.0, tie ? 0.0 : 10.0);
    assertThat(get(program, netting.solution(), "P_sell"))
        .containsExactly(tie ? 0.0 : 20.0, tie ? 20.0 : 30.0);
    assertThat(netting.kept()).hasSize(tie ? 0 : 1);
    // what is netted costs what it did: 0.5·(60 − 20) and 0.5·(10 − 30) cancel to 10
    assertThat(program.costOf(netting.solution())).isCloseTo(program.costOf(x), within(1e-9));
  }

  /** Whatever the point, its cost and what it injects stay, and no row is broken that was kept. */
  @Test
  void nothingElseChanges() {
    Random random = new Random(4);
    for (int k = 0; k < 200; k++) {
      DesProgram program = program(battery(k % 2 == 0 ? 1.0 : 0.95, 1.0));
      double[] x = new double[program.program().variableCount()];
      double[] charge = {50 * random.nextDouble(), 0};
      double[] discharge = {50 * random.nextDouble(), 0};
      double gain = k % 2 == 0 ? 1.0 : 0.95;
      charge[1] = discharge[0] / gain;
      discharge[1] = gain * charge[0];
      set(program, x, "P_charge", charge);
      set(program, x, "P_discharge", discharge);
      set(program, x, "E", 40 + gain * charge[0] - discharge[0], 40.0);
      double[] reactive = {random.nextDouble() * 2 - 1, random.nextDouble() * 2 - 1};
      set(program, x, "Q_charge", SLOPE * reactive[0] * charge[0], SLOPE * charge[1] * reactive[1]);
      set(program, x, "Q_discharge", SLOPE * reactive[1] * discharge[0], 0.0);
      for (int t = 0; t < 2; t++) {
        x[program.activeInjection()[t]] = discharge[t] - charge[t];
        x[program.reactiveInjection()[t]] =
            get(program, x, "Q_discharge")[t] - get(program, x, "Q_charge")[t];
        x[program.nodeVoltage()[t]] = 1.0;
        x[program.ports().get(0).active()[t]] = discharge[t] - charge[t];
        x[program.ports().get(0).reactive()[t]] = x[program.reactiveInjection()[t]];
      }
      double before = outside(program.program(), x);
      double[] net = Netting.of(program, x).solution();
      assertThat(outside(program.program(), net)).isLessThanOrEqualTo(Math.max(before, SOLVED));
      assertThat(program.costOf(net)).isCloseTo(program.costOf(x), within(1e-11));
      for (int t = 0; t < 2; t++) {
        assertThat(get(program, net, "P_discharge")[t] - get(program, net, "P_charge")[t])
            .isCloseTo(discharge[t] - charge[t], within(1e-11));
      }
    }
  }
}
