package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.dualgrid.consensus.Stopping;
import io.dualgrid.results.SampleRuns;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
  private static final String CONTROL = "\u001b\\[\\?7[lh]|\u001b\\[K";
  private static final String STYLE = "\u001b\\[\\d*m";

  private final StringWriter out = new StringWriter();
  private final Interruption interruption =
      Interruption.listen(new PrintWriter(new StringWriter()));
  private long nanos;

  @AfterEach
  void stopListening() {
    interruption.close();
  }

  @Test
  void plainLinesComeAtASteadyPace() {
    Progress progress =
        new PlainProgress(new PrintWriter(out), RunSettings.defaults(), interruption, () -> nanos);
    for (int k = 1; k <= 100; k++) {
      nanos += 100_000_000L;
      progress.iteration(SampleRuns.iteration(k));
    }
    progress.finish();
    // the header, the first, one every two seconds, and the last
    List<String> iterations =
        out.toString().lines().map(line -> line.trim().split(" +")[0]).toList();
    assertThat(iterations).containsExactly("iteration", "1", "21", "41", "61", "81", "100");
  }

  @Test
  void lastLineIsNotShownTwice() {
    Progress progress =
        new PlainProgress(new PrintWriter(out), RunSettings.defaults(), interruption, () -> nanos);
    progress.iteration(SampleRuns.iteration(1));
    progress.finish();
    assertThat(out.toString().lines()).hasSize(2);
  }

  @Test
  void runWithoutIterationsShowsNothing() {
    Progress progress =
        new PlainProgress(new PrintWriter(out), RunSettings.defaults(), interruption, () -> nanos);
    progress.finish();
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 60, 80, 120, 200})
  void liveLineFitsTheTerminal(int columns) {
    Progress progress = live(columns, true);
    progress.settingUp();
    progress.iteration(SampleRuns.iteration(25));
    progress.finish();
    String[] redrawn = out.toString().replaceAll(CONTROL + "|" + STYLE, "").split("[\r\n]+");
    String line = redrawn[redrawn.length - 1];
    // the head alone is wider than a terminal of 20 columns; there wrapping is off
    if (columns > 20) {
      assertThat(line.length()).isLessThan(columns);
    }
    assertThat(line).startsWith("it 25  0:00  ").contains("%");
    if (columns >= 60) {
      assertThat(line).contains("pri", "dual");
    }
    if (columns == 80) {
      assertThat(line)
          .contains("[", "pri 3.2e-03", "dual 1.6e-03", "cost 1000", "pen 2.0e-02", "100/s");
    }
    if (columns >= 120) {
      assertThat(line)
          .contains("primal 3.16e-03", "dual 1.58e-03", "cost 1000.00", "penalty 2.00e-02", "it/s");
    }
    if (columns >= 200) {
      assertThat(line).contains("bound 999.00");
    }
  }

  /** As far on as a long run of a large case gets. */
  @Test
  void aLongRunKeepsItsFieldsOnEightyColumns() {
    Progress progress = live(80, false);
    progress.iteration(
        new IterationRecord(
            9999, 5025, 1.234e-5, 2.345e-5, 0, 0, 0, 3.4e-5, 28309.13, 28299.1, 7, Map.of()));
    String line = out.toString().replaceAll(CONTROL, "").trim();
    assertThat(line.length()).isLessThanOrEqualTo(77);
    assertThat(line)
        .startsWith("it 9999  1:23:45")
        .contains("pri 1.2e-05", "dual 2.3e-05", "cost 28309", "pen 3.4e-05", "/s");
  }

  @Test
  void whatIsLeftIsShownOnATerminalAndInPlainLines() {
    // a power of ten in ten iterations of a second: after 25 of them, 25 are left to 1e-5
    RunSettings settings = RunSettings.builder().stopping(Stopping.PUBLISHED).build();
    Terminal terminal =
        new Terminal(
            new PrintWriter(out), new PrintWriter(new StringWriter()), true, false, true, 120);
    Progress live = new LiveProgress(terminal, settings, interruption, () -> nanos);
    for (int k = 1; k <= 25; k++) {
      nanos += 10_000_000_000L;
      live.iteration(slow(k));
    }
    assertThat(out.toString().replaceAll(CONTROL, "")).contains("about 25 s left");
    out.getBuffer().setLength(0);
    Progress plain = new PlainProgress(new PrintWriter(out), settings, interruption, () -> nanos);
    for (int k = 1; k <= 25; k++) {
      nanos += 10_000_000_000L;
      plain.iteration(slow(k));
    }
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.get(0)).endsWith("left");
    assertThat(lines.get(9)).as("too early to tell").endsWith("1.0");
    assertThat(lines.get(25)).endsWith("about 25 s");
  }

  /** The sample, but a second an iteration. */
  private static IterationRecord slow(int k) {
    IterationRecord sample = SampleRuns.iteration(k);
    return new IterationRecord(
        k,
        k,
        sample.primalResidual(),
        sample.dualResidual(),
        0.0,
        0.0,
        0.0,
        0.02,
        1000.0,
        Double.NaN,
        7,
        Map.of());
  }

  @Test
  void liveLineHasNoColourWhenNoneIsWanted() {
    Progress progress = live(120, false);
    progress.iteration(SampleRuns.iteration(25));
    progress.finish();
    assertThat(out.toString()).doesNotContainPattern(STYLE).containsPattern(CONTROL);
  }

  @Test
  void closenessIsTheShareOfTheWayInPowersOfTen() {
    Closeness closeness = new Closeness(Stopping.PUBLISHED, Stopping.CERTIFIED_GAP);
    assertThat(closeness.after(record(1.0, 1.0, Double.NaN))).isZero();
    // half of the five powers of ten between 1 and 1e-5, and no less when it gets worse again
    assertThat(closeness.after(record(Math.sqrt(1e-5), 1e-9, Double.NaN)))
        .isCloseTo(0.5, offset(1e-12));
    assertThat(closeness.after(record(0.5, 0.5, Double.NaN))).isCloseTo(0.5, offset(1e-12));
    assertThat(closeness.after(record(1e-6, 1e-6, Double.NaN))).isEqualTo(1.0);
  }

  @Test
  void certifiedGapStandsInForTheChangeButNotForTheMismatch() {
    Closeness strict = new Closeness(Stopping.STRICT, Stopping.CERTIFIED_GAP);
    strict.after(record(1.0, 1.0, 500.0));
    assertThat(strict.after(record(1e-6, 1.0, 1000.0 / (1.0 + 5e-5)))).isEqualTo(1.0);
    Closeness published = new Closeness(Stopping.PUBLISHED, Stopping.CERTIFIED_GAP);
    published.after(record(1.0, 1.0, 500.0));
    assertThat(published.after(record(1e-6, 1.0, 1000.0 / (1.0 + 5e-5)))).isZero();
  }

  private Progress live(int columns, boolean colour) {
    Terminal terminal =
        new Terminal(
            new PrintWriter(out), new PrintWriter(new StringWriter()), true, colour, true, columns);
    return new LiveProgress(terminal, RunSettings.defaults(), interruption, () -> nanos);
  }

  private static IterationRecord record(double primal, double dual, double lowerBound) {
    return new IterationRecord(
        1, 1.0, primal, dual, primal, 0.0, 0.0, 0.02, 1000.0, lowerBound, 0, Map.of());
  }
}
