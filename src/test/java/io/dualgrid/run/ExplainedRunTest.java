package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.load.ReactiveLoad;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Feeders on which no dispatch meets all limits, with so little choice that what is short can be
 * added up by hand. Lines of 1 + 2j ohm on 1 MVA and 100 ohm: 0.01 p.u. a MW and 0.02 p.u. a Mvar.
 */
class ExplainedRunTest {
  /** Figures are told with four digits, and solved to about as many. */
  private static final double SHOWN = 1e-3;

  private static Profile profile(double... values) {
    return new Profile("p.csv", "1", 1.0, values);
  }

  /** A chain of nodes 10, 11, … with a root that buys up to so much. */
  private static GridCase chain(double buyMaxKw, List<List<DeviceSpec>> sites) {
    NetworkLimits limits = new NetworkLimits(2, 2, 1000.0, 100.0, 0.95, 1.05, 1.0, 1e5, 0.2);
    List<Node> nodes = new ArrayList<>();
    Profile price = profile(0.5, 0.7);
    nodes.add(
        new Node(
            10,
            "root",
            List.of(
                new GridInterface(
                    buyMaxKw, 0, price, profile(0.1, 0.1), Double.NaN, Double.NaN, Double.NaN))));
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      nodes.add(new Node(11 + i, "site", sites.get(i)));
      lines.add(new Line(10 + i, 11 + i, 1.0, 2.0));
    }
    List<Integer> ids = nodes.stream().map(Node::id).toList();
    return new GridCase("chain", "hand-made", limits, nodes, lines, new FeederTree(ids, lines));
  }

  private static List<DeviceSpec> load(double first, double second, double kvar) {
    return List.of(new PowerLoad(profile(first, second)), new ReactiveLoad(profile(kvar, kvar)));
  }

  private static RunResult run(GridCase gridCase, Privacy privacy) {
    RunResult result =
        DispatchEngine.run(
            gridCase,
            RunSettings.builder()
                .privacy(privacy)
                .algorithm(Algorithm.NEWTON)
                .steps(2)
                .threads(1)
                .build(),
            RunObserver.NONE);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(result.iterations()).isLessThanOrEqualTo(40);
    assertThat(result.totalCost()).isNaN();
    assertThat(result.dispatch()).isEmpty();
    assertThat(result.notices().get(0)).startsWith("no dispatch meets the limits: any would cost");
    return result;
  }

  private static String notice(RunResult result, String beginning) {
    return result.notices().stream()
        .filter(text -> text.startsWith(beginning))
        .findFirst()
        .orElseThrow(() -> new AssertionError(beginning + " in none of " + result.notices()));
  }

  private static double number(String text, String before, String after) {
    int from = text.indexOf(before) + before.length();
    return Double.parseDouble(text.substring(from, text.indexOf(after, from)));
  }

  /**
   * Loads of 1 MW and 0.5 Mvar at three nodes, 1.2 MW at the second step: flows of 3, 2, 1 times
   * these drop 6·(0.012 + 0.01) = 0.132 p.u. on the way to the last, 0.082 below the limit. There 1
   * Mvar lifts the voltage by 0.06 p.u. and 1 MW by 0.03.
   */
  @ParameterizedTest
  @EnumSource(
      value = Privacy.class,
      names = {"NONE", "CKKS"})
  void namesNodeStepAndRemedyOfAVoltage(Privacy privacy) {
    List<DeviceSpec> site = load(1000, 1200, 500);
    RunResult result = run(chain(1e5, List.of(site, site, site)), privacy);
    String told = notice(result, "case.json: node 13: V = ");
    assertThat(number(told, "V = ", ":")).isCloseTo(1 - 0.132, within(SHOWN * 0.082));
    assertThat(told).contains("at step 1 (from 1 h; the worst of 2 steps)", "voltageMinPu = 0.95");
    assertThat(number(told, "raise rootVoltagePu by ", ","))
        .isCloseTo(0.082, within(SHOWN * 0.082));
    assertThat(number(told, "at that node: ", " kvar"))
        .isCloseTo(1000 * 0.082 / 0.06, within(SHOWN * 1400));
    assertThat(number(told, "kvar or ", " kW"))
        .isCloseTo(1000 * 0.082 / 0.03, within(SHOWN * 2800));
    assertThat(result.notices()).noneMatch(text -> text.contains("buyMaxKw"));
    // loads are all of the drop, of which 0.05 p.u. are allowed; told downwards with four digits
    double factor = number(notice(result, "case.json: P_load"), "with ", " of each");
    assertThat(factor).isCloseTo(0.05 / 0.132, within(SHOWN)).isLessThanOrEqualTo(0.05 / 0.132);
  }

  /** A root that takes and gives all, and a load behind one line, which leaves no choice. */
  private static GridCase oneLoad(double kw, double kvar, double ratingKva, double exchangeKw) {
    NetworkLimits limits = new NetworkLimits(2, 2, 1000.0, 100.0, 0.95, 1.05, 1.0, exchangeKw, 0.2);
    Profile price = profile(0.5, 0.7);
    GridInterface grid =
        new GridInterface(1e5, 1e5, price, profile(0.1, 0.1), Double.NaN, Double.NaN, Double.NaN);
    List<Node> nodes =
        List.of(new Node(10, "root", List.of(grid)), new Node(11, "site", load(kw, kw, kvar)));
    List<Line> lines = List.of(new Line(10, 11, 1.0, 2.0, 1.0, ratingKva));
    return new GridCase(
        "one", "hand-made", limits, nodes, lines, new FeederTree(List.of(10, 11), lines));
  }

  /** Both who know the whole case and the operator of a run tell what the line lacks. */
  private static void assertLineLacks(GridCase gridCase, String field, double amount, String way) {
    String whole =
        DispatchEngine.shortfalls(
                gridCase, RunSettings.builder().privacy(Privacy.NONE).steps(2).build())
            .get(0)
            .toString();
    RunResult run = run(gridCase, Privacy.NONE);
    for (String told : List.of(whole, notice(run, "case.json: node 11: "))) {
      assertThat(told).startsWith("case.json: node 11: " + field + ": ");
      assertThat(number(told, field + ": ", " k")).isCloseTo(amount, within(SHOWN * amount));
      assertThat(told).contains(way);
    }
    assertThat(run.notices()).filteredOn(text -> text.contains("node 11: ")).hasSize(1);
  }

  /**
   * The twelve sides inside the circle have corners on the axes, where they allow all of the
   * rating; towards the middle of a side, at 15°, cos 15° of it.
   */
  @ParameterizedTest
  @CsvSource({
    "300, 0, 20, 'towards the node|add supply below it'",
    "-300, 0, 20, 'away from the node|take up power below it'",
    "0, 300, 20, 'towards the node|add supply below it'",
    "0, -300, 20, 'away from the node|take up power below it'",
    "289.7777478867205, 77.64571353075622, 30.583, 'towards the node|add supply below it'",
    "77.64571353075622, 289.7777478867205, 30.583, 'towards the node|add supply below it'",
    "289.7777478867205, -77.64571353075622, 30.583, 'towards the node|add supply below it'",
    "-289.7777478867205, 77.64571353075622, 30.583, 'away from the node|take up power below it'"
  })
  void namesWhatTheRatingOfALineLacks(double kw, double kvar, double kva, String words) {
    for (String word : words.split("\\|")) {
      assertLineLacks(oneLoad(kw, kvar, 280, 1e5), "ratingKva of the line above", kva, word);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "300, 0, towards the node",
    "0, 300, towards the node",
    "0, -300, away from the node"
  })
  void namesWhatTheLimitOfExchangesLacks(double kw, double kvar, String way) {
    assertLineLacks(oneLoad(kw, kvar, Double.POSITIVE_INFINITY, 250), "line above", 50, way);
  }

  /**
   * A load of 100 kW and 300 kvar behind a root that has to keep 0.8: 75 kvar come through. With
   * all of it the power factor is 100/√(100² + 300²) = 0.31623.
   */
  private static GridCase heldByPowerFactor() {
    Profile price = profile(0.5, 0.7);
    return shortOfReactivePower(new GridInterface(1e5, 0, price, profile(0.1, 0.1), 0.8));
  }

  /** The same behind a root with limits of reactive power alone, of 75 kvar. */
  private static GridCase heldByLimits() {
    Profile price = profile(0.5, 0.7);
    return shortOfReactivePower(
        new GridInterface(1e5, 0, price, profile(0.1, 0.1), Double.NaN, -75, 75));
  }

  private static GridCase shortOfReactivePower(GridInterface root) {
    GridCase free = chain(1e5, List.of(load(100, 0, 0), load(0, 0, 0)));
    List<Node> nodes = new ArrayList<>(free.nodes());
    nodes.set(0, new Node(10, "root", List.of(root)));
    nodes.set(
        1,
        new Node(
            11,
            "site",
            List.of(new PowerLoad(profile(100, 100)), new ReactiveLoad(profile(300, 0)))));
    return new GridCase("chain", "", free.limits(), nodes, free.lines(), free.tree());
  }

  @Test
  void centralNamesThePowerFactorThatWouldDo() {
    String told =
        DispatchEngine.shortfalls(
                heldByPowerFactor(), RunSettings.builder().privacy(Privacy.NONE).steps(2).build())
            .get(0)
            .toString();
    assertThat(number(told, "powerFactorMin: ", " kvar too few")).isCloseTo(225, within(0.3));
    assertThat(number(told, "grid interface to ", ",")).isCloseTo(0.3162, within(1e-4));
  }

  /** No power factor is told, or asked for, where the root has none. */
  @Test
  void limitsOfReactivePowerAreToldAsSuch() {
    RunSettings settings = RunSettings.builder().privacy(Privacy.NONE).steps(2).threads(1).build();
    RunResult result = DispatchEngine.run(heldByLimits(), settings, RunObserver.NONE);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.INFEASIBLE);
    String lack = notice(result, "case.json: node 10: reactive power: 2");
    assertThat(number(lack, "reactive power: ", " kvar too few")).isCloseTo(225, within(0.3));
    assertThat(lack).contains("raise reactiveMaxKvar of the root's grid interface by as much");
    assertThat(result.notices()).noneMatch(one -> one.contains("powerFactorMin: is at most"));
    String central = DispatchEngine.shortfalls(heldByLimits(), settings).get(0).toString();
    assertThat(number(central, "reactive power: ", " kvar too few")).isCloseTo(225, within(0.3));
    assertThat(central).contains("raise reactiveMaxKvar").doesNotContain("grid interface to ");
  }

  /** The root knows what it supplies; the operator tells what it lacks. */
  @ParameterizedTest
  @CsvSource({"NEWTON, NONE", "ACCELERATED, NONE", "ACCELERATED, RMME", "PUBLISHED, NONE"})
  void aRunNamesThePowerFactorThatWouldDo(Algorithm algorithm, Privacy privacy) {
    RunSettings settings =
        RunSettings.builder()
            .privacy(privacy)
            .algorithm(algorithm)
            .steps(2)
            .maxIterations(300)
            .threads(1)
            .build();
    RunResult result = DispatchEngine.run(heldByPowerFactor(), settings, RunObserver.NONE);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.INFEASIBLE);
    String lack = notice(result, "case.json: node 10: reactive power: 2");
    assertThat(number(lack, "reactive power: ", " kvar too few")).isCloseTo(225, within(0.3));
    String factor = notice(result, "case.json: node 10: powerFactorMin: is at most");
    assertThat(number(factor, "at most ", " where")).isCloseTo(0.3162, within(1e-4));
  }

  /** What the root may not buy: 300 + 100 − 150 kW. */
  @Test
  void namesWhatTheRootLacks() {
    RunResult result =
        run(chain(150, List.of(load(300, 0, 0), load(100, 0, 0), load(0, 0, 0))), Privacy.NONE);
    String told = notice(result, "case.json: node 10: buyMaxKw: ");
    assertThat(number(told, "buyMaxKw: ", " kW too few")).isCloseTo(250, within(SHOWN * 250));
    assertThat(told).contains("at step 0 (from 0 h)");
  }

  /** What a battery brings from the step before does not lack: 500 − 160 − 60 kW. */
  @Test
  void countsWhatDevicesCanDo() {
    Battery battery = new Battery(60, 1000, 0, 0, 1, 1, 1);
    List<DeviceSpec> stored = new ArrayList<>(load(100, 500, 0));
    stored.add(battery);
    // the first step has 60 kWh to spare, the second lacks 500 − 160 = 340, less 60 from the
    // battery
    RunResult result = run(chain(160, List.of(stored, load(0, 0, 0), load(0, 0, 0))), Privacy.NONE);
    String told = notice(result, "case.json: node 10: buyMaxKw: ");
    assertThat(number(told, "buyMaxKw: ", " kW too few")).isCloseTo(280, within(SHOWN * 280));
    assertThat(told).contains("at step 1 (from 1 h)");
  }

  /** Proved, but not explained to the end. */
  @Test
  void isInfeasibleWhereIterationsEndBeforeTheExplanation() {
    List<DeviceSpec> site = load(1000, 1200, 500);
    GridCase gridCase = chain(1e5, List.of(site, site, site));
    int needed = run(gridCase, Privacy.NONE).iterations();
    RunResult result =
        DispatchEngine.run(
            gridCase,
            RunSettings.builder()
                .privacy(Privacy.NONE)
                .algorithm(Algorithm.NEWTON)
                .steps(2)
                .maxIterations(needed)
                .threads(1)
                .build(),
            RunObserver.NONE);
    assertThat(result.status()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(result.iterations()).isEqualTo(needed);
    assertThat(result.notices()).anyMatch(text -> text.startsWith("no dispatch meets the limits"));
    assertThat(result.notices()).noneMatch(text -> text.contains("node 13"));
  }
}
