package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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
      assertThat(trend(count, k -> 5 - slope * k).left(count).orElseThrow())
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
            .left(100)
            .orElseThrow();
    assertThat(left).isCloseTo(25, within(5.0));
  }

  @Test
  void withoutATrendThereIsNoEstimate() {
    Random random = new Random(12);
    assertThat(trend(9, k -> 5 - 0.1 * k).left(9)).as("too few").isEmpty();
    assertThat(trend(100, k -> 3).left(100)).as("flat").isEmpty();
    assertThat(trend(100, k -> 0.01 * k).left(100)).as("rising").isEmpty();
    assertThat(trend(100, k -> random.nextGaussian()).left(100)).as("noise").isEmpty();
    assertThat(trend(100, k -> 3 - 0.001 * k).left(100)).as("too far ahead").isEmpty();
    assertThat(trend(100, k -> Double.NaN).left(100)).as("not a number").isEmpty();
  }

  @Test
  void whatIsBelowTheToleranceAlreadyTakesNoTime() {
    assertThat(trend(100, k -> 1 - 0.02 * k).left(100).orElseThrow()).isZero();
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
    RunSettings settings =
        RunSettings.builder().algorithm(Algorithm.PUBLISHED).stopping(Stopping.PUBLISHED).build();
    IntToDoubleFunction falling = k -> Math.pow(10, -k / 16.0);
    // 1e-5 at iteration 80, so 40 to go at two a second
    assertThat(text(settings, falling, Double.NaN)).isEqualTo("about 20 s");
    assertThat(text(settings.toBuilder().maxIterations(60).threads(1).build(), falling, Double.NaN))
        .isEqualTo("at most 10 s");
    assertThat(text(settings, k -> 1.0, Double.NaN)).as("no trend").isEmpty();
  }

  /**
   * Courses of whole runs as iterations.csv has them: what is left in truth is what came.
   * Iterations are compared, for how long they take is the machine's; four of them are taken as the
   * second that is the least that is shown.
   */
  @ParameterizedTest
  @CsvSource({
    "6-bus-newton, NEWTON, 1e-4, 4",
    "ieee33-newton, NEWTON, 1e-4, 4",
    "yingkou-60-newton, NEWTON, 1e-4, 4",
    "6-bus-published, PUBLISHED, 1e-3, 140",
    "yingkou-60-accelerated, ACCELERATED, 1e-3, 60",
    "yingkou-60-accelerated-1e-4, ACCELERATED, 1e-4, 60"
  })
  void itIsNeverOffByTen(String course, Algorithm algorithm, double gap, int shownAt)
      throws IOException {
    List<IterationRecord> records = course(course);
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .algorithm(algorithm)
            .stopping(algorithm == Algorithm.PUBLISHED ? Stopping.PUBLISHED : Stopping.STRICT)
            .gapTolerance(gap)
            .build();
    int end = records.size();
    int first = 0;
    TimeLeft estimate = new TimeLeft(settings);
    for (IterationRecord record : records.subList(0, end - 1)) {
      estimate.after(record);
      OptionalDouble iterations = estimate.iterationsLeft();
      if (iterations.isPresent()) {
        first = first == 0 ? record.iteration() : first;
        double left = end - record.iteration();
        assertThat(iterations.getAsDouble())
            .as("%s after iteration %s", course, record.iteration())
            .isBetween(left / 10, 10 * Math.max(4, left));
      }
    }
    assertThat(first).isBetween(1, shownAt);
  }

  private static List<IterationRecord> course(String name) throws IOException {
    String resource = "/io/dualgrid/cli/courses/" + name + ".csv";
    List<IterationRecord> records = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                TimeLeftTest.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        double[] cells =
            Arrays.stream(line.split(",", -1))
                .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
                .toArray();
        records.add(
            new IterationRecord(
                (int) cells[0],
                cells[0],
                cells[1],
                cells[2],
                0,
                0,
                0,
                0,
                cells[3],
                cells[4],
                0,
                Map.of()));
      }
    }
    return records;
  }

  /**
   * Certificates every ten iterations, whose gap is down to 1e-4 at iteration 60. Their bounds
   * still move by more than the gap, so the estimate is longer than the twenty that are left, but
   * not twice as long.
   */
  @Test
  void aStrictRunEndsByItsCertificates() {
    TimeLeft left = new TimeLeft(RunSettings.builder().gapTolerance(1e-4).build());
    for (int k = 1; k <= 40; k++) {
      // the residual alone would end at iteration 160
      double residual = Math.pow(10, -k / 32.0);
      double bound = 1000.0 / (1 + Math.pow(10, -1 - k / 10 * 10 / 20.0));
      left.after(
          new IterationRecord(
              k,
              k,
              residual,
              residual,
              0,
              0,
              0,
              0.02,
              1000.0,
              k < 10 ? Double.NaN : bound,
              0,
              Map.of()));
    }
    assertThat(left.iterationsLeft().orElseThrow()).isBetween(20.0, 40.0);
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
