package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ratings and turns ratios of lines in runs, against optima by hand and the central one. */
class RatedLinesTest {
  private static final double GAP = 1e-4;

  /** Central optima of the bundled cases as they are, by name. */
  private static final Map<String, CentralResult> UNRATED = new HashMap<>();

  /**
   * 1 MW for 24 hours at the end of two lines: power costs 1 a kWh from the root and 3 from a plant
   * beside the load, so as much as the lines let through comes from the root.
   */
  private static GridCase twoLines(List<Line> lines) {
    Profile one = new Profile("p.csv", "one", 1.0, filled(1.0));
    GridInterface grid =
        new GridInterface(
            5000, 0, one, new Profile("p.csv", "none", 0.0, filled(1.0)), Double.NaN, -5e3, 5e3);
    List<Node> nodes =
        List.of(
            new Node(0, "root", List.of(grid)),
            new Node(1, "junction", List.of()),
            new Node(
                2,
                "load",
                List.of(
                    new PowerLoad(new Profile("p.csv", "load", 1000.0, filled(1.0))),
                    new CombinedHeatPower(2000, 0.0, 3.0, 0.8))));
    return new GridCase(
        "two lines",
        "in memory",
        new NetworkLimits(24, 24, 1000, 100, 0.95, 1.05, 1.0, 1e5, 0.0),
        nodes,
        lines,
        new FeederTree(List.of(0, 1, 2), lines));
  }

  private static double[] filled(double value) {
    double[] values = new double[24];
    java.util.Arrays.fill(values, value);
    return values;
  }

  private static RunResult run(GridCase gridCase, Algorithm algorithm) {
    RunSettings settings =
        SixBus.settings(Privacy.NONE).toBuilder().algorithm(algorithm).maxIterations(400).build();
    return DispatchEngine.run(gridCase, settings, RunObserver.NONE);
  }

  private static void assertCosts(RunResult result, double optimum) {
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    // sites solve to some 1e-8, and what is swept may pass a limit of 0.5 p.u. by 1e-6
    double slack = 1e-5 * optimum;
    assertThat(result.lowerBound()).isLessThan(optimum + slack);
    assertThat(result.totalCost()).isBetween(optimum - slack, optimum * (1 + GAP) + slack);
  }

  /** Without reactive power the polygon lets all of the rating through: 24·(500·1 + 500·3). */
  @ParameterizedTest
  @EnumSource(names = {"NEWTON", "ACCELERATED"})
  void halfOfTheLoadComesOverALineOfHalfItsRating(Algorithm algorithm) {
    GridCase gridCase =
        twoLines(List.of(new Line(0, 1, 0.1, 0.1), new Line(1, 2, 0.1, 0.1, 1.0, 500.0)));

    assertCosts(run(gridCase, algorithm), 48_000.0);
  }

  /**
   * V₁ = 1/1.04 − r₁·P and V₂ = V₁/0.98 − r₂·P: r₂ is such that V₂ = 0.95 at P = 0.5, and half of
   * the load comes from the root again. Without the ratios V₂ would be 0.917 there; with that of
   * one line alone 0.932 or 0.969.
   */
  @Test
  void voltagesCrossTransformers() {
    double upper = 1.0;
    double lower = 100 * ((1 / 1.04 - 0.01 * 0.5) / 0.98 - 0.95) / 0.5;
    GridCase gridCase =
        twoLines(
            List.of(
                new Line(0, 1, upper, 0.0, 1.04, Double.POSITIVE_INFINITY),
                new Line(1, 2, lower, 0.0, 0.98, Double.POSITIVE_INFINITY)));

    assertCosts(run(gridCase, Algorithm.NEWTON), 48_000.0);
  }

  /** Through all parties and the native kernel or, in the round without, that in Java. */
  @ParameterizedTest
  @ValueSource(doubles = {2, 4})
  void limitsThatBindTakeNoMoreThanTwentyEight(double impedances) {
    GridCase open = CaseLocator.read("yingkou-60");
    List<Line> lines =
        open.lines().stream()
            .map(
                line ->
                    new Line(
                        line.from(),
                        line.to(),
                        impedances * line.resistanceOhm(),
                        impedances * line.reactanceOhm()))
            .toList();
    RunSettings settings =
        SixBus.settings(Privacy.NONE).toBuilder().algorithm(Algorithm.NEWTON).build();
    RunResult result = DispatchEngine.run(with(open, lines), settings, RunObserver.NONE);

    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.iterations()).isLessThanOrEqualTo(28);
    assertThat(result.totalCost() - result.lowerBound()).isLessThan(GAP * result.totalCost());
  }

  /**
   * Ratings below what lines carry at the optimum, and taps that bring voltages to their limits.
   */
  @OneRound
  @ParameterizedTest
  @CsvSource({"6-bus, 0.7, 1.0", "yingkou-60, 0.98, 1.0", "yingkou-60, 0.98, 0.99"})
  void certifiesTheOptimumOfTheWholeProgram(String name, double share, double ratio) {
    GridCase open = CaseLocator.read(name);
    RunSettings settings =
        SixBus.settings(Privacy.NONE).toBuilder().algorithm(Algorithm.NEWTON).build();
    CentralResult unrated =
        UNRATED.computeIfAbsent(name, key -> DispatchEngine.central(open, settings));
    GridCase rated = rated(open, unrated, share, ratio);
    CentralResult central = DispatchEngine.central(rated, settings);
    RunResult result = DispatchEngine.run(rated, settings, RunObserver.NONE);

    assertThat(central.solved()).as(central.status()).isTrue();
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.iterations()).isLessThanOrEqualTo(28);
    double optimum = central.totalCost();
    // the ratings count: they cost more than the gap to which costs are known
    assertThat(optimum).isGreaterThan(unrated.totalCost() * (1 + GAP));
    // the central solve is within 1e-8; a swept point may pass limits by 1e-6 per unit
    assertThat(result.lowerBound()).isLessThan(optimum * (1 + 1e-6));
    assertThat(result.totalCost()).isBetween(optimum * (1 - 1e-6), optimum * (1 + GAP + 1e-6));
  }

  /** Every line with a tenth of the nodes below it is rated at a share of the most it carries. */
  private static GridCase rated(
      GridCase gridCase, CentralResult optimum, double share, double ratio) {
    Map<String, double[]> flows = new HashMap<>();
    for (DispatchSeries series : optimum.dispatch()) {
      flows.put(series.node() + " " + series.device() + " " + series.quantity(), series.values());
    }
    Map<Integer, Integer> nodesBelow = new HashMap<>();
    List<Integer> bottomUp = new ArrayList<>(gridCase.tree().topDown());
    Collections.reverse(bottomUp);
    for (int node : bottomUp) {
      nodesBelow.merge(node, 1, Integer::sum);
      Line line = gridCase.tree().parentLine(node);
      if (line != null) {
        nodesBelow.merge(line.from(), nodesBelow.get(node), Integer::sum);
      }
    }
    List<Line> lines = new ArrayList<>();
    for (Line line : gridCase.lines()) {
      boolean inner = nodesBelow.get(line.to()) >= 0.1 * nodesBelow.size();
      double peak = inner ? peak(flows, line) : Double.POSITIVE_INFINITY;
      lines.add(
          new Line(
              line.from(),
              line.to(),
              line.resistanceOhm(),
              line.reactanceOhm(),
              line.from() == gridCase.tree().root() ? ratio : 1.0,
              share * peak));
    }
    return with(gridCase, lines);
  }

  private static GridCase with(GridCase gridCase, List<Line> lines) {
    List<Integer> ids = gridCase.nodes().stream().map(Node::id).toList();
    return new GridCase(
        gridCase.name(),
        gridCase.source(),
        gridCase.limits(),
        gridCase.nodes(),
        lines,
        new FeederTree(ids, lines));
  }

  private static double peak(Map<String, double[]> flows, Line line) {
    String place = line.from() + "-" + line.to() + " line ";
    double[] active = flows.get(place + "P_z");
    double[] reactive = flows.get(place + "Q_z");
    double peak = 0.0;
    for (int t = 0; t < active.length; t++) {
      peak = Math.max(peak, Math.hypot(active[t], reactive[t]));
    }
    return peak;
  }
}
