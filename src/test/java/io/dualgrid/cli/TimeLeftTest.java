package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunSettings;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLeftTest {
  private static Trend trend(int count, IntToDoubleFunction distance) {
    Trend trend = new Trend();
    for (int k = 1; k <= count; k++) {
      trend.add(k, distance.applyAsDouble(k));
    }
    return trend;
  }

  @Test
  void aStraightLineIsFollowedToItsEnd() {
    for (int count : new int[] {10, 11, 50, 399, 400, 401, 900}) {
      double slope = 4.0 / count;
      assertThat(trend(count, k -> 5 - slope * k).left().orElseThrow())
          .as("%s points", count)
          .isCloseTo(0.25 * count, within(1e-6 * count));
    }
  }

  /**
   * The window holds 50 points, of which 40 count. Every fifth is off by a power of ten or two:
   * about a third of the pairs are spoilt, in both directions, and a median stands up to half. The
   * noise of the others, 0.2, is a tenth of the fall of two over the window.
   */
  @Test
  void noiseAndWildPointsHardlyMoveIt() {
    Random random = new Random(11);
    double left =
        trend(
                100,
                k ->
                    5
                        - 0.04 * k
                        + 0.2 * random.nextGaussian()
                        + (k % 5 == 0 ? (k % 2 == 0 ? 2 : -1) : 0))
            .left()
            .orElseThrow();
    assertThat(left).isCloseTo(25, within(5.0));
  }

  @Test
  void withoutATrendThereIsNoEstimate() {
    Random random = new Random(12);
    assertThat(trend(9, k -> 5 - 0.1 * k).left()).as("too few").isEmpty();
    assertThat(trend(100, k -> 3).left()).as("flat").isEmpty();
    assertThat(trend(100, k -> 0.01 * k).left()).as("rising").isEmpty();
    assertThat(trend(100, k -> random.nextGaussian()).left()).as("noise").isEmpty();
    assertThat(trend(100, k -> 3 - 0.001 * k).left()).as("too far ahead").isEmpty();
    assertThat(trend(100, k -> Double.NaN).left()).as("not a number").isEmpty();
  }

  @Test
  void whatIsBelowTheToleranceAlreadyTakesNoTime() {
    assertThat(trend(100, k -> 1 - 0.02 * k).left().orElseThrow()).isZero();
  }

  private static String text(RunSettings settings, IntToDoubleFunction residual, double bound) {
    TimeLeft left = new TimeLeft(settings);
    for (int k = 1; k <= 40; k++) {
      double value = residual.applyAsDouble(k);
      left.after(
          new IterationRecord(k, k, value, value / 2, 0, 0, 0, 0.02, 1000.0, bound, 0, Map.of()));
    }
    return left.text(2.0);
  }

  @Test
  void theLimitOfIterationsBoundsIt() {
    RunSettings settings = RunSettings.defaults();
    IntToDoubleFunction falling = k -> Math.pow(10, -k / 16.0);
    // 1e-5 at iteration 80, so 40 to go at two a second
    assertThat(text(settings, falling, Double.NaN)).isEqualTo("about 20 s");
    assertThat(text(settings.toBuilder().maxIterations(60).threads(1).build(), falling, Double.NaN))
        .isEqualTo("at most 10 s");
    assertThat(
            text(settings.toBuilder().maxIterations(280).threads(1).build(), k -> 1.0, Double.NaN))
        .isEqualTo("at most 2 min");
  }

  @Test
  void aCertifiedGapMayEndAStrictRunSooner() {
    RunSettings strict = RunSettings.builder().gapTolerance(1e-4).build();
    RunSettings published =
        strict.toBuilder().algorithm(Algorithm.PUBLISHED).stopping(Stopping.PUBLISHED).build();
    TimeLeft[] both = {new TimeLeft(strict), new TimeLeft(published)};
    for (int k = 1; k <= 40; k++) {
      // the gap is down to 1e-4 at iteration 60, the residual to 1e-5 at iteration 80
      double residual = Math.pow(10, -k / 16.0);
      double bound = 1000.0 / (1 + Math.pow(10, -1 - k / 20.0));
      for (TimeLeft left : both) {
        left.after(
            new IterationRecord(
                k, k, residual, residual, 0, 0, 0, 0.02, 1000.0, bound, 0, Map.of()));
      }
    }
    assertThat(both[0].text(2.0)).isEqualTo("about 10 s");
    assertThat(both[1].text(2.0)).isEqualTo("about 20 s");
  }

  @ParameterizedTest
  @CsvSource({
    "0.2, 1 s",
    "9.4, 9 s",
    "12, 10 s",
    "57, 55 s",
    "58, 1 min",
    "140, 2.5 min",
    "700, 10 min",
    "5000, 85 min",
    "5300, 1 h",
    "100000, 28 h"
  })
  void timesAreRounded(double seconds, String text) {
    assertThat(TimeLeft.rounded(seconds)).isEqualTo(text);
  }
}
