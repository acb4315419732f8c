package io.dualgrid.consensus.newton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearGridTest {
  private static final CoupledLimits LIMITS = new CoupledLimits(0.95, 1.05, 2.0);
  private static final int NODES = 7;

  private static double lowVoltage(double voltage) {
    return NearGrid.use(0, LIMITS, 1.0, voltage, 0.0, 0.0);
  }

  /**
   * The search goes for the least number of the highest level, so the node that is furthest beyond
   * must have it, whatever its place, down to a voltage that no feeder has.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.9509, 0.9501, 0.9496, 0.945, 0.93, 0.90, 0.80})
  void theLowestOfTwoVoltagesIsFound(double voltage) {
    double use = lowVoltage(voltage);
    double further = lowVoltage(voltage - 0.02);
    int level = NearGrid.level(0, use);
    int nearer = NearGrid.level(0, further);

    assertThat(level).isPositive();
    assertThat(nearer).isGreaterThanOrEqualTo(level);
    if (nearer == level) {
      assertThat(
              NearGrid.number(
                  0, NearGrid.rank(0, further, level, NearGrid.RANKS), NODES - 1, 0, NODES))
          .isLessThan(
              NearGrid.number(0, NearGrid.rank(0, use, level, NearGrid.RANKS), 0, 0, NODES));
    }
  }

  @Test
  void whatIsFarHasNoLevel() {
    assertThat(NearGrid.level(0, lowVoltage(0.9511))).isZero();
    assertThat(NearGrid.level(2, NearGrid.use(2, LIMITS, 1.0, 1.0, 0.99, 0.0))).isZero();
    // the other way it is another limit
    assertThat(NearGrid.level(2, NearGrid.use(2, LIMITS, 1.0, 1.0, -1.9, 0.0))).isZero();
    assertThat(NearGrid.level(3, NearGrid.use(3, LIMITS, 1.0, 1.0, -1.9, 0.0))).isPositive();
  }

  @Test
  void noLineWithoutARatingIsNearOne() {
    for (int side = NearGrid.firstOf(6); side < NearGrid.SIDES; side++) {
      double use = NearGrid.use(side, LIMITS, Double.POSITIVE_INFINITY, 1.0, 1e3, 1e3);
      assertThat(NearGrid.level(side, use)).isZero();
    }
  }

  /** At 45 degrees the row whose normal stands there is used by S / (S·cos 15°). */
  @Test
  void aRatingIsUsedByTheRowThatTheFlowPointsTo() {
    double part = 0.5 * Math.sqrt(0.5);
    double use = NearGrid.use(NearGrid.firstOf(6) + 1, LIMITS, 0.5, 1.0, part, part);
    // products of a few factors near one
    assertThat(use).isCloseTo(1 / Math.cos(Math.PI / 12), within(1e-14));
    assertThat(NearGrid.use(NearGrid.firstOf(7) + 1, LIMITS, 0.5, 1.0, part, part)).isNegative();
  }

  /** What is found has the place that was meant, and its value stands on the side it is near. */
  @Test
  void everyNumberIsThatOfItsLimit() {
    List<Line> lines = List.of(new Line(0, 1, 1, 1, 1.0, 500.0), new Line(1, 2, 1, 1, 1.0, 300.0));
    NetworkLimits network = new NetworkLimits(24, 24, 1000, 100, 0.95, 1.05, 1.0, 2000, 0);
    FeederPaths paths =
        new FeederPaths(new FeederTree(List.of(0, 1, 2), lines), List.of(0, 1, 2), network);
    for (int told = 0; told < NearGrid.TOLD; told++) {
      for (int k = 0; k < NearGrid.countOf(told); k++) {
        int side = NearGrid.firstOf(told) + k;
        int number = NearGrid.number(told, NearGrid.RANKS - 1, 2, side, paths.count());
        assertThat(number).isLessThan(NearGrid.numbers(told, paths.count(), NearGrid.RANKS));
        NearLimit found = NearGrid.limit(told, number, 5, 1, CoupledLimits.of(network), paths);
        assertThat(found.place()).isEqualTo(NearGrid.place(side, 2, 5));
        assertThat(NearGrid.side(found, CoupledLimits.of(network))).isEqualTo(side);
      }
    }
  }
}
