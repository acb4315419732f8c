package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.caseio.check.FeasibilityCheck;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Profile;
import io.dualgrid.device.SupplyRange;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The 6-bus case with nothing but its loads, which leaves no choice: what is short follows from
 * sums along the feeder.
 */
class ShortfallsTest {
  private static final RunSettings SETTINGS = RunSettings.defaults();

  /** Figures are told with four digits. */
  private static final double SHOWN = 5e-4;

  private static GridCase loadsAlone(double buyMaxKw, double resistanceFactor) {
    GridCase of = SixBus.CASE;
    List<Node> nodes =
        of.nodes().stream()
            .map(
                node ->
                    new Node(
                        node.id(),
                        node.name(),
                        node.devices().stream()
                            .filter(d -> d instanceof PowerLoad || d instanceof GridInterface)
                            .map(d -> d instanceof GridInterface grid ? buying(grid, buyMaxKw) : d)
                            .toList()))
            .toList();
    List<Line> lines =
        of.lines().stream()
            .map(
                line ->
                    new Line(
                        line.from(),
                        line.to(),
                        resistanceFactor * line.resistanceOhm(),
                        line.reactanceOhm()))
            .toList();
    FeederTree tree = new FeederTree(nodes.stream().map(Node::id).toList(), lines);
    return new GridCase("loads", of.source(), of.limits(), nodes, lines, tree);
  }

  private static DeviceSpec buying(GridInterface grid, double buyMaxKw) {
    return new GridInterface(
        buyMaxKw,
        grid.sellMaxKw(),
        grid.buyPricePerKwh(),
        grid.sellPricePerKwh(),
        grid.powerFactorMin());
  }

  private static double drawKw(GridCase gridCase, int id, int step) {
    Horizon horizon = Horizon.of(gridCase.limits(), SETTINGS.steps(), SETTINGS.sampling());
    double draw = -SupplyRange.of(gridCase.node(id).devices(), horizon).mostKw(step);
    for (Line line : gridCase.tree().childLines(id)) {
      draw += drawKw(gridCase, line.to(), step);
    }
    return draw;
  }

  @Test
  void namesWhatTheRootMayNotBuy() {
    GridCase gridCase = loadsAlone(1.0, 1.0);
    List<CaseProblem> problems = DispatchEngine.shortfalls(gridCase, SETTINGS);
    double most = 0.0;
    int worst = 0;
    for (int t = 0; t < SETTINGS.steps(); t++) {
      double draw = drawKw(gridCase, 0, t) - 1.0; // what the root may buy
      worst = draw > most * (1 + 1e-9) ? t : worst;
      most = Math.max(most, draw);
    }
    assertThat(problems).hasSize(2);
    // 1 kW is left of all
    assertLoadFactor(problems.get(1), 1.0 / (most + 1.0));
    CaseProblem problem = problems.get(0);
    assertThat(problem.place()).isEqualTo("node 0");
    assertThat(problem.field()).isEqualTo("buyMaxKw");
    double told = Double.parseDouble(problem.message().split(" kW too few")[0]);
    assertThat(told).isCloseTo(most, within(SHOWN * most));
    int step = Integer.parseInt(problem.message().split("at step ")[1].split(" ")[0]);
    assertThat(drawKw(gridCase, 0, step) - 1.0).isCloseTo(most, within(SHOWN * most));
  }

  @Test
  void namesTheVoltageThatIsTooLow() {
    // 1 % of voltage in the undisturbed feeder's place of 0.01 % and less
    GridCase gridCase = loadsAlone(1e5, 5000.0);
    NetworkLimits limits = gridCase.limits();
    double lowest = 1.0;
    int worst = 0;
    for (Node node : gridCase.nodes()) {
      for (int t = 0; t < SETTINGS.steps(); t++) {
        double voltage = limits.rootVoltagePu();
        for (int id = node.id(); id != gridCase.tree().root(); ) {
          Line line = gridCase.tree().parentLine(id);
          double flow = drawKw(gridCase, id, t) / limits.basePowerKw();
          voltage -= line.resistanceOhm() / limits.baseImpedanceOhm() * flow;
          id = line.from();
        }
        worst = voltage < lowest - 1e-9 ? node.id() : worst;
        lowest = Math.min(lowest, voltage);
      }
    }
    assertThat(lowest).isLessThan(limits.voltageMinPu());
    List<CaseProblem> problems = DispatchEngine.shortfalls(gridCase, SETTINGS);
    assertThat(problems).hasSize(2);
    double root = limits.rootVoltagePu();
    assertLoadFactor(problems.get(1), (root - limits.voltageMinPu()) / (root - lowest));
    assertThat(problems.get(0).place()).isEqualTo("node " + worst);
    assertThat(problems.get(0).field()).isEqualTo("V");
    assertThat(Double.parseDouble(problems.get(0).value())).isCloseTo(lowest, within(SHOWN));
    assertThat(problems.get(0).remedy()).contains("rootVoltagePu", "voltageMinPu");
  }

  /** Drops are those of loads alone; told downwards with four digits. */
  private static void assertLoadFactor(CaseProblem problem, double factor) {
    assertThat(problem.field()).isEqualTo("P_load, Q_load");
    double told = Double.parseDouble(problem.message().split("with | of each")[1]);
    assertThat(told).isCloseTo(factor - 0.5e-4, within(0.6e-4));
  }

  @Test
  void namesNothingWhereADispatchExists() {
    assertThat(DispatchEngine.shortfalls(SixBus.CASE, SETTINGS)).isEmpty();
  }

  /**
   * A node in the middle with a child that takes, or gives, what it has: flows are small, but the
   * node itself is 20 kW beyond its 280 kW at step 3. At other steps it sells 10 kW.
   */
  @ParameterizedTest
  @CsvSource({"-300, 250, sold, take up power", "300, -250, bought, add supply"})
  void namesWhatANodeMayNotSellOrBuy(double middleKw, double childKw, String trade, String remedy) {
    double[] middle = new double[24];
    Arrays.fill(middle, -10);
    middle[3] = middleKw;
    double[] child = new double[24];
    child[3] = childKw;
    double[] price = new double[24];
    Arrays.fill(price, 1.0);
    Profile prices = new Profile("price.csv", "price", 1, price);
    List<Node> nodes =
        List.of(
            new Node(0, "root", List.of(new GridInterface(1e4, 1e4, prices, prices, Double.NaN))),
            new Node(1, "middle", List.of(load(middle))),
            new Node(2, "child", List.of(load(child))));
    List<Line> lines = List.of(new Line(0, 1, 0.1, 0.1), new Line(1, 2, 0.1, 0.1));
    NetworkLimits limits = new NetworkLimits(24, 24, 1000, 100, 0.9, 1.1, 1.0, 280, 0.1);
    GridCase gridCase =
        new GridCase(
            "three", "by hand", limits, nodes, lines, new FeederTree(List.of(0, 1, 2), lines));
    CaseProblem problem = DispatchEngine.shortfalls(gridCase, SETTINGS).get(0);
    assertThat(problem.place()).isEqualTo("node 1");
    assertThat(problem.field()).isEqualTo("exchangeMaxKw");
    assertThat(problem.message())
        .isEqualTo("20 kW too much " + trade + " at step 3 (from 3 h), whatever the devices do");
    assertThat(problem.remedy()).contains(remedy);
    boolean sold = trade.equals("sold");
    Horizon horizon = Horizon.of(limits, SETTINGS.steps(), SETTINGS.sampling());
    List<CaseProblem> checked = FeasibilityCheck.run("case.json", gridCase, horizon);
    assertThat(checked).hasSize(sold ? 1 : 0);
    if (sold) {
      assertThat(checked.get(0).toString())
          .startsWith("case.json: node 1: P_load = 300: kW that the node has to sell at row 5 ");
    }
  }

  private static PowerLoad load(double[] powerKw) {
    return new PowerLoad(new Profile("load.csv", "load", 1, powerKw));
  }
}
