package io.dualgrid.edge.newton;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.generate.FeederGenerator;
import io.dualgrid.caseio.generate.FeederShape;
import io.dualgrid.consensus.newton.CoupledNewton;
import io.dualgrid.consensus.newton.NewtonIteration;
import io.dualgrid.consensus.newton.NewtonSettings;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.site.CentralProgram;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoupledNewtonTest {
  private static final double GAP = 1e-4;

  /** Costs of central programs, by case and factor of impedances. */
  private static final Map<String, Double> OPTIMA = new HashMap<>();

  @ParameterizedTest
  @CsvSource({"6-bus, 1, 22, false", "yingkou-60, 1, 22, false", "yingkou-60, 4, 28, true"})
  void certifiesTheOptimumOfTheWholeProgram(
      String name, double impedances, int iterations, boolean full) {
    assertCertified(name, impedances, iterations, full);
  }

  @OneRound
  @ParameterizedTest
  @CsvSource({"yingkou-60, 1, 22, true", "yingkou-60, 2, 28, false", "yingkou-60, 4, 28, false"})
  void certifiesWhatIsHarder(String name, double impedances, int iterations, boolean full) {
    assertCertified(name, impedances, iterations, full);
  }

  private static void assertCertified(
      String name, double impedances, int iterations, boolean full) {
    GridCase gridCase = withImpedances(CaseLocator.read(name), impedances);
    LocalSites sites = new LocalSites(gridCase, 24);
    NewtonIteration last = run(sites, full, iterations);

    assertThat(last.gap()).isLessThan(GAP);
    // each takes as much as two iterations, and one is enough
    assertThat(sites.certificates).isLessThanOrEqualTo(4);
    assertThat(last.infeasible()).isFalse();
    double cost = OPTIMA.computeIfAbsent(name + impedances, key -> optimum(gridCase, sites));
    // the central solve is within 1e-8, the site solves of the bound within 1e-9 each
    double slack = 1e-7 * Math.abs(cost);
    assertThat(last.bound()).isLessThan(cost + slack);
    assertThat(last.cost()).isBetween(cost - slack, cost + GAP * Math.abs(cost) + slack);
  }

  @OneRound
  @ParameterizedTest
  @CsvSource({"chain, 120, 1", "star, 120, 2", "bushy, 120, 3", "yingkou-like, 120, 1"})
  void certifiesGeneratedFeeders(String shape, int nodes, long seed) {
    GridCase gridCase =
        FeederGenerator.generate(new FeederGenerator.Options(nodes, FeederShape.of(shape), seed));

    assertThat(run(new LocalSites(gridCase, 24), false, 35).gap()).isLessThan(GAP);
  }

  /**
   * A base power twenty times as high makes all sites as small per unit as those of a feeder of
   * thousands of nodes, and changes nothing else: the impedance base goes with its inverse.
   */
  @OneRound
  @Test
  void certifiesFeedersOfSmallSites() {
    GridCase gridCase =
        FeederGenerator.generate(
            new FeederGenerator.Options(120, FeederShape.of("yingkou-like"), 1));

    assertThat(run(new LocalSites(withBase(gridCase, 20.0), 24), false, 35).gap()).isLessThan(GAP);
  }

  /** Of so many there are always some that a step would take past their bounds. */
  @OneRound
  @Test
  void certifiesFeedersOfManySites() {
    GridCase gridCase =
        FeederGenerator.generate(
            new FeederGenerator.Options(2000, FeederShape.of("yingkou-like"), 1));

    assertThat(run(new LocalSites(gridCase, 4), false, 20).gap()).isLessThan(GAP);
  }

  @Test
  void keepsFlowsWithinTheirLimit() {
    GridCase open = CaseLocator.read("yingkou-60");
    // the head line carries 3.6 MW at its peak when nothing limits it
    GridCase tight = withExchange(open, 3200.0);
    LocalSites sites = new LocalSites(tight, 24);
    NewtonIteration last = run(sites, false, 28);

    assertThat(last.gap()).isLessThan(GAP);
    assertThat(last.rows()).isPositive();
    double cost = optimum(tight, sites);
    assertThat(last.bound()).isLessThan(cost * (1 + 1e-7));
    assertThat(last.cost()).isBetween(cost * (1 - 1e-7), cost * (1 + GAP + 1e-7));
  }

  private static double optimum(GridCase gridCase, LocalSites sites) {
    CentralProgram central =
        CentralProgram.join(new DesAssembler(gridCase, sites.horizon).assembleAll());
    QpResult optimum = BoundingSolvers.preferred().setup(central.program(), 1e-8).solve();
    assertThat(optimum.status()).isEqualTo(QpStatus.SOLVED);
    return central.program().objective(optimum.x());
  }

  private static NewtonIteration run(LocalSites sites, boolean full, int limit) {
    CoupledNewton newton =
        new CoupledNewton(
            sites, sites.limits, sites.paths, sites.startPrices(), new NewtonSettings(GAP, full));
    NewtonIteration last = newton.iterate();
    while (last.gap() >= GAP && last.number() < limit) {
      last = newton.iterate();
    }
    return last;
  }

  private static GridCase withImpedances(GridCase gridCase, double factor) {
    List<Line> lines =
        gridCase.lines().stream()
            .map(
                line ->
                    new Line(
                        line.from(),
                        line.to(),
                        factor * line.resistanceOhm(),
                        factor * line.reactanceOhm()))
            .toList();
    List<Integer> ids = gridCase.nodes().stream().map(GridCase.Node::id).toList();
    return new GridCase(
        gridCase.name(),
        gridCase.source(),
        gridCase.limits(),
        gridCase.nodes(),
        lines,
        new FeederTree(ids, lines));
  }

  private static GridCase withExchange(GridCase gridCase, double exchangeMaxKw) {
    return withLimits(gridCase, 1.0, exchangeMaxKw);
  }

  private static GridCase withBase(GridCase gridCase, double factor) {
    return withLimits(gridCase, factor, gridCase.limits().exchangeMaxKw());
  }

  private static GridCase withLimits(GridCase gridCase, double base, double exchangeMaxKw) {
    NetworkLimits limits = gridCase.limits();
    return new GridCase(
        gridCase.name(),
        gridCase.source(),
        new NetworkLimits(
            limits.horizonHours(),
            limits.profileRows(),
            base * limits.basePowerKw(),
            limits.baseImpedanceOhm() / base,
            limits.voltageMinPu(),
            limits.voltageMaxPu(),
            limits.rootVoltagePu(),
            exchangeMaxKw,
            limits.networkChargePerKwh()),
        gridCase.nodes(),
        gridCase.lines(),
        gridCase.tree());
  }
}
