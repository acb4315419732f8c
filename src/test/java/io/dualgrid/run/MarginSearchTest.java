package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.Generator;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.powerflow.BrokenLimit;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.InfeasibleCaseException;
import io.dualgrid.run.MarginSearch.Outcome;
import io.dualgrid.site.GridCase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Plans that hold in AC. A load of 900 kW behind one line, 0.1 + 0.05j p.u., beside a generator
 * that costs ten times what the grid does: as much as possible is bought, until the voltage is
 * 0.93.
 */
class MarginSearchTest {
  private static final double R = 0.1;
  private static final double X = 0.05;
  private static final double LEAST = 0.93;
  private static final RunSettings SETTINGS =
      RunSettings.builder().privacy(Privacy.NONE).steps(2).build();

  private int runs;

  @Test
  void dispatchHoldsInAc() {
    GridCase gridCase = gridCase(900.0);
    RunResult first = run(gridCase);
    // 1 − 0.1·p = 0.93
    assertThat(bought(first)).isCloseTo(700.0, offset(0.01));
    assertThat(lowestInAc(gridCase, first)).isLessThan(LEAST - 5e-3);

    Outcome outcome = MarginSearch.search(gridCase, first, (tightened, margin) -> run(tightened));

    assertThat(outcome.holds()).isTrue();
    assertThat(outcome.obstacle()).isEmpty();
    assertThat(outcome.runs()).isEqualTo(runs).isLessThanOrEqualTo(4);
    double lowest = lowestInAc(gridCase, outcome.result());
    assertThat(lowest).isGreaterThan(LEAST - BrokenLimit.TOLERANCE);
    // and no more is given away than what LinDistFlow's error changes by on the way, which is that
    // of
    // losses, r·p²: 0.1·(0.7² − 0.63²) p.u.
    assertThat(lowest).isLessThan(LEAST + 0.01);
    // no more can be bought than at 0.93 − 1e-4, see bought(u)
    assertThat(bought(outcome.result())).isLessThan(bought(LEAST - BrokenLimit.TOLERANCE) + 0.1);
    assertThat(outcome.margin().lowPu()).isPositive();
    assertThat(outcome.margin().highPu()).isZero();
  }

  @Test
  void firstResultStaysWhereTheTightenedCaseHasNoDispatch() {
    // 240 kW leave 660 kW to buy, 0.934 in LinDistFlow; in AC 0.93 is reached at 646 kW
    GridCase gridCase = gridCase(240.0);
    RunResult first = run(gridCase);
    assertThat(first.status()).as("%s", first.notices()).isEqualTo(RunStatus.CONVERGED);
    Outcome outcome = MarginSearch.search(gridCase, first, (tightened, margin) -> run(tightened));
    assertThat(outcome.holds()).isFalse();
    assertThat(outcome.result()).isSameAs(first);
    assertThat(outcome.margin()).isEqualTo(VoltageMargin.NONE);
    assertThat(outcome.obstacle()).contains("found no dispatch");
  }

  @Test
  void reasonWhyNoDispatchIsPossibleIsKept() {
    GridCase gridCase = gridCase(900.0);
    RunResult first = run(gridCase);
    InfeasibleCaseException reason =
        new InfeasibleCaseException(
            "two", List.of(new CaseProblem("case.json", "node 1", "", "", "is too low", "")));
    Outcome outcome =
        MarginSearch.search(
            gridCase,
            first,
            (tightened, margin) -> {
              throw reason;
            });
    assertThat(outcome.result()).isSameAs(first);
    assertThat(outcome.obstacle()).contains("node 1: is too low").doesNotContain("\n");
  }

  @Test
  void nothingIsRunAgainWhereTheDispatchHolds() {
    GridCase gridCase = VoltageMargin.NONE.tighten(gridCase(900.0));
    RunResult first = run(new VoltageMargin(0.02, 0.0).tighten(gridCase));
    runs = 0;
    Outcome outcome = MarginSearch.search(gridCase, first, (tightened, margin) -> run(tightened));
    assertThat(outcome.holds()).isTrue();
    assertThat(outcome.runs()).isEqualTo(1);
    assertThat(runs).isZero();
  }

  @Test
  void marginBeyondTheVoltageOfTheRootIsAnObstacle() {
    GridCase gridCase = gridCase(900.0);
    assertThat(new VoltageMargin(0.08, 0.0).leavesRoom(gridCase)).isFalse();
    assertThat(new VoltageMargin(0.0, 0.06).leavesRoom(gridCase)).isFalse();
    assertThat(new VoltageMargin(0.07, 0.05).leavesRoom(gridCase)).isFalse();
    assertThat(new VoltageMargin(0.06, 0.04).leavesRoom(gridCase)).isTrue();
    assertThatThrownBy(() -> new VoltageMargin(Double.NaN, 0.0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A capacitor of 0.5 p.u. behind 0.2j p.u.: 1.1 in LinDistFlow, 1/(1 − 0.1) in AC. */
  @Test
  void marginAtTheUpperLimitGrowsByWhatIsAbovePlan() {
    List<Line> lines = List.of(new Line(0, 1, 0.0, 20.0));
    GridCase gridCase =
        new GridCase(
            "high",
            "",
            new NetworkLimits(24, 2, 1000, 100, 0.9, 1.105, 1.0, 1e5, 0.0),
            List.of(
                new GridCase.Node(0, "", List.of()),
                new GridCase.Node(1, "", List.of(new io.dualgrid.device.grid.Shunt(0.0, 500.0)))),
            lines,
            new FeederTree(List.of(0, 1), lines));
    FlowStudy study =
        DispatchFlow.of(
                gridCase,
                List.of(
                    bus("0", "P", 0.0),
                    bus("0", "Q", 0.0),
                    bus("0", "V", 1.0),
                    bus("1", "P", 0.0),
                    bus("1", "Q", 500.0),
                    bus("1", "V", 1.1)))
            .orElseThrow();
    VoltageMargin grown = VoltageMargin.NONE.grown(study);
    assertThat(grown.highPu()).isCloseTo(1 / 0.9 - 1.1, offset(1e-9));
    assertThat(grown.lowPu()).isZero();
  }

  private static DispatchSeries bus(String node, String quantity, double value) {
    return new DispatchSeries(node, "bus", quantity, "", new double[] {value});
  }

  /** The central optimum as the result of a run: what a run agrees on is not the matter here. */
  private RunResult run(GridCase gridCase) {
    runs++;
    CentralResult optimum = DispatchEngine.central(gridCase, SETTINGS);
    double unknown = Double.NaN;
    return new RunResult(
        gridCase.name(),
        SETTINGS,
        optimum.solved() ? RunStatus.CONVERGED : RunStatus.FAILED,
        optimum.totalCost(),
        unknown,
        unknown,
        1.0,
        unknown,
        unknown,
        unknown,
        unknown,
        unknown,
        0,
        0.0,
        0.0,
        List.of(),
        optimum.dispatch(),
        optimum.costs(),
        List.of(),
        Map.of(),
        List.of(),
        Map.of(),
        Optional.empty());
  }

  /** kW that the line delivers at a voltage: u² + (2rp − 1)u + (r² + x²)p² = 0, solved for p. */
  private static double bought(double voltage) {
    double u = voltage * voltage;
    double z = R * R + X * X;
    double half = R * u;
    return 1000.0 * (-half + Math.sqrt(half * half - z * (u * u - u))) / z;
  }

  /** Most active power that enters node 1. */
  private static double bought(RunResult result) {
    double most = 0.0;
    for (DispatchSeries series : result.dispatch()) {
      if (series.node().equals("0") && series.quantity().equals("P_buy")) {
        most = Math.max(series.values()[0], series.values()[1]);
      }
    }
    return most;
  }

  private static double lowestInAc(GridCase gridCase, RunResult result) {
    return DispatchFlow.of(gridCase, result.dispatch()).orElseThrow().lowestVoltage().value();
  }

  private static GridCase gridCase(double generatorKw) {
    Profile one = new Profile("price.csv", "price", 1.0, new double[] {1.0, 1.0});
    Profile half = new Profile("price.csv", "price", 0.5, new double[] {1.0, 1.0});
    Profile load = new Profile("load.csv", "1", 1.0, new double[] {900.0, 900.0});
    List<Line> lines = List.of(new Line(0, 1, 100 * R, 100 * X));
    return new GridCase(
        "two",
        "",
        new NetworkLimits(24, 2, 1000, 100, LEAST, 1.05, 1.0, 1e5, 0.0),
        List.of(
            new GridCase.Node(
                0, "root", List.of(new GridInterface(5000, 5000, one, half, 0.8, -1e5, 1e5))),
            new GridCase.Node(
                1,
                "load",
                List.of(new PowerLoad(load), new Generator(0.0, generatorKw, 0.0, 0.0, 10.0)))),
        lines,
        new FeederTree(List.of(0, 1), lines));
  }
}
