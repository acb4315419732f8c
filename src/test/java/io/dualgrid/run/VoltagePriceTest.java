package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.Generator;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The accelerated algorithm where a voltage limit binds, so that no price which is the same at all
 * nodes certifies anything: with the optima of these cases by hand.
 */
class VoltagePriceTest {
  private static final double RATIO_UP = 0.98;
  private static final double RATIO_DOWN = 1.02;

  private static Stream<Arguments> heldByVoltage() {
    return Stream.of(
        // 700 kW at 1, 200 kW at the generator's price, over 24 h
        Arguments.of(TwoNodes.heldAtSevenHundredKw(TwoNodes.Limit.VOLTAGE, 1.5), 24_000.0),
        Arguments.of(TwoNodes.heldAtSevenHundredKw(TwoNodes.Limit.VOLTAGE, 3.0), 31_200.0),
        // of 200 kW and 700 kW the line may carry 700 kW to the first node and 500 kW on to the
        // second: V₀/ratio − 0.05·0.7 − 0.05·0.5 is the lower limit
        Arguments.of(
            threeNodes(RATIO_UP, 1 / RATIO_UP - 0.06, 1.1, 200.0, 700.0, 3.0), 24 * 1300.0),
        Arguments.of(
            threeNodes(RATIO_DOWN, 1 / RATIO_DOWN - 0.06, 1.1, 200.0, 700.0, 3.0), 24 * 1300.0),
        // 500 kW at 0.5 sold at 1, as V₀ + 0.1·0.5 is the upper limit
        Arguments.of(threeNodes(1.0, 0.9, 1.05, 0.0, 0.0, 0.5), -24 * 250.0));
  }

  /** Grid, transformer, a load, and a load beside a generator; 0.05 per unit a line. */
  private static GridCase threeNodes(
      double ratio, double lowest, double highest, double first, double second, double price) {
    Profile one = new Profile("price.csv", "price", 1.0, new double[] {1.0, 1.0});
    List<Line> lines =
        List.of(
            new Line(0, 1, 5.0, 0.0, ratio, Double.POSITIVE_INFINITY), new Line(1, 2, 5.0, 0.0));
    List<DeviceSpec> root = List.of(new GridInterface(5000, 5000, one, one, 0.8, -1e5, 1e5));
    return new GridCase(
        "three",
        "",
        new NetworkLimits(24, 2, 1000, 100, lowest, highest, 1.0, 1e5, 0.0),
        List.of(
            new Node(0, "root", root),
            new Node(1, "first", List.of(new PowerLoad(load(first)))),
            new Node(
                2,
                "second",
                List.of(new PowerLoad(load(second)), new Generator(0.0, 900.0, 0.0, 0.0, price)))),
        lines,
        new FeederTree(List.of(0, 1, 2), lines));
  }

  private static Profile load(double powerKw) {
    return new Profile("load.csv", "1", 1.0, new double[] {powerKw, powerKw});
  }

  @ParameterizedTest
  @MethodSource("heldByVoltage")
  void isCertified(GridCase gridCase, double optimum) {
    // the bounds are right to 1e-8, see FeederShapesTest
    assertCertified(gridCase, optimum, Privacy.NONE, 1e-7);
  }

  /**
   * Decrypted prices are off by the noise of some 1e-6 of an hour's price a line, and so are the
   * costs of energy at these; a tenth of the tolerance of the gap leaves more than room.
   */
  @ParameterizedTest
  @MethodSource("heldByVoltage")
  void isCertifiedWithEncryptedMessages(GridCase gridCase, double optimum) {
    assertCertified(gridCase, optimum, Privacy.CKKS, 1e-4);
  }

  private static void assertCertified(
      GridCase gridCase, double optimum, Privacy privacy, double tolerance) {
    RunSettings settings =
        SixBus.settings(privacy).toBuilder()
            .algorithm(Algorithm.ACCELERATED)
            .steps(2)
            .allowExposedSums(true)
            .build();
    RunResult result = DispatchEngine.run(gridCase, settings, RunObserver.NONE);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.totalCost()).isCloseTo(optimum, withinPercentage(SixBus.GAP_PERCENT));
    assertThat(result.history())
        .filteredOn(record -> Double.isFinite(record.lowerBound()))
        .isNotEmpty()
        .allSatisfy(
            record ->
                assertThat(record.lowerBound())
                    .isLessThanOrEqualTo(optimum + tolerance * Math.abs(optimum)));
  }
}
