package io.dualgrid.edge.newton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Sampling;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.ReferenceSolver;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.InstalledCapacity;
import io.dualgrid.site.SiteProgram;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SitePointTest {
  private static final int STEPS = 24;

  /** Makes devices of 10 to 300 kW such of 2 to 70 W. */
  private static final double FACTOR = 0x1p12;

  /** Solves end within 1e-9 of rows and costs, of some per unit at the most. */
  private static final double ERROR = 1e-8;

  private static final double WEIGHT = 1000.0;

  private final GridCase gridCase = CaseLocator.read("yingkou-60");
  private final Horizon horizon = Horizon.of(gridCase.limits(), STEPS, Sampling.FIRST);
  private final DesAssembler assembler = new DesAssembler(gridCase, horizon);
  private final double[] prices = prices();

  /** The limit of sale and purchase stays where it is, six orders of magnitude above all else. */
  @Test
  void boundsSmallSitesAsWellAsLargeOnes() {
    for (int node = 1; node < gridCase.nodes().size(); node++) {
      assertThat(FACTOR * bound(node, FACTOR))
          .as("node %d", node)
          .isCloseTo(bound(node, 1.0), within(ERROR));
    }
  }

  @Test
  void boundsSmallSitesByWhatAnotherSolverFinds() {
    for (int node : new int[] {1, 7, 30, 59}) {
      SiteProgram site = site(node, 1.0);
      QuadraticProgram own = site.program();
      double[] linear = own.linear().clone();
      for (int c = 0; c < prices.length; c++) {
        linear[site.injections()[c]] -= prices[c];
      }
      double[] x =
          ReferenceSolver.solve(
              new QuadraticProgram(
                  own.name(),
                  own.quadratic(),
                  linear,
                  own.constraints(),
                  own.lower(),
                  own.upper()));
      double least = site.fixedCost();
      for (int j = 0; j < x.length; j++) {
        least += linear[j] * x[j];
      }
      // ojAlgo ends at 1e-6 or better of the rows
      assertThat(FACTOR * bound(node, FACTOR)).as("node %d", node).isCloseTo(least, within(1e-5));
    }
  }

  @Test
  void findsPointsOfSmallSitesAsWellAsOfLargeOnes() {
    for (int node = 1; node < gridCase.nodes().size(); node++) {
      double[] large = near(node, 1.0);
      double[] small = near(node, FACTOR);
      // costs within ERROR of the least are this far away where the curvature is the weight
      double distance = 2 * Math.sqrt(2 * ERROR / WEIGHT);
      for (int c = 0; c < large.length; c++) {
        assertThat(FACTOR * small[c])
            .as("node %d, injection %d", node, c)
            .isCloseTo(large[c], within(distance));
      }
    }
  }

  private double bound(int node, double factor) {
    try (SitePoint point = point(node, factor)) {
      return point.bound(prices);
    }
  }

  private double[] near(int node, double factor) {
    double[] centre = IntStream.range(0, 2 * STEPS).mapToDouble(c -> -0.01 / factor).toArray();
    try (SitePoint point = point(node, factor)) {
      return site(node, factor).injectionsOf(point.near(prices, centre));
    }
  }

  private SitePoint point(int node, double factor) {
    double capacity = InstalledCapacity.of(gridCase.nodes().get(node), horizon) / factor;
    return new SitePoint(
        site(node, factor), factor * WEIGHT, capacity, BoundingSolvers.preferred());
  }

  /** A site all of whose powers are a part of what they are, but for the limit of its exchange. */
  private SiteProgram site(int node, double factor) {
    SiteProgram site = SiteProgram.of(assembler.assemble(gridCase.nodes().get(node)), 1.0);
    QuadraticProgram whole = site.program();
    QuadraticProgram small =
        new QuadraticProgram(
            whole.name(),
            whole.quadratic(),
            whole.linear(),
            whole.constraints(),
            divided(whole.lower(), factor),
            divided(whole.upper(), factor));
    double[] fixed = Arrays.stream(site.fixed()).map(value -> value / factor).toArray();
    return new SiteProgram(site.own(), small, site.places(), site.injections(), fixed, 1.0);
  }

  private double[] divided(double[] bounds, double factor) {
    double exchange = horizon.perUnit(gridCase.limits().exchangeMaxKw());
    return Arrays.stream(bounds)
        .map(bound -> Math.abs(bound) == exchange ? bound : bound / factor)
        .toArray();
  }

  private static double[] prices() {
    Random random = new Random(60);
    return IntStream.range(0, 2 * STEPS)
        .mapToDouble(c -> c < STEPS ? 0.3 + random.nextDouble() : 0.02 * random.nextDouble())
        .toArray();
  }
}
