package io.dualgrid.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.Sampling;
import io.dualgrid.problem.CaseException;
import io.dualgrid.results.ResultFiles;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.ResultInputException;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.CaseClock;
import io.dualgrid.site.CaseFacts;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies of the 6-bus feeder with stores, with a few days each. */
@OneRound
class StudyRunTest {
  private static final StudyObserver NOBODY = new StudyObserver() {};
  private static final Path CASE = Path.of("examples", "studies", "6-bus-stores");

  /** What a run with newton is certified to, relative. */
  private static final double GAP = 1e-4;

  @TempDir private Path folder;

  private Study study(String days, String rest) throws IOException {
    Path file = folder.resolve("study.yaml");
    Files.writeString(
        file,
        "formatVersion: 1\nname: test\ncase: "
            + CASE.toAbsolutePath()
            + "\nsteps: 12\ndays: {"
            + days
            + "}\nseed: 1\n"
            + rest);
    return StudyFile.read(file);
  }

  private static final String TWO_SCENARIOS =
      """
      keep: {dispatch: true}
      scenarios:
        - name: drawn
          repetitions: 2
          factors: [{of: wind, from: 0, to: 1.5}]
        - {name: dear, factors: [{of: prices, value: 2}]}
      """;

  private StudySummary run(Study study, String out, int threads) {
    return StudyRun.run(study, open(study, out), threads, NOBODY);
  }

  private StudyFolder open(Study study, String out) {
    return StudyFolder.open(folder.resolve(out), study);
  }

  /** Twice the day of the case, as one. */
  private static GridCase twoDays() {
    GridCase one = CaseReader.read(CASE);
    List<GridCase.Node> nodes =
        one.nodes().stream()
            .map(
                node ->
                    new GridCase.Node(
                        node.id(),
                        node.name(),
                        node.devices().stream().map(StudyRunTest::twice).toList()))
            .toList();
    return one.with(one.limits().over(48, 192), nodes);
  }

  private static DeviceSpec twice(DeviceSpec device) {
    return DeviceCodec.withProfiles(
        device,
        profile -> {
          double[] rows = new double[192];
          System.arraycopy(profile.rawValues(), 0, rows, 0, 96);
          System.arraycopy(profile.rawValues(), 0, rows, 96, 96);
          return new Profile(profile.file(), profile.column(), profile.factor(), rows);
        });
  }

  /** Who sees all days ahead comes, day by day, to the optimum of all days at once. */
  @Test
  void carriedStoresAndAFullLookAheadComeToTheOptimumOfTheWhole() throws IOException {
    Study study = study("count: 2, lookAheadHours: 24, carryStorage: true", "");
    StudySummary summary = run(study, "out", 1);
    CentralResult optimum =
        DispatchEngine.central(
            twoDays(),
            RunSettings.builder().privacy(Privacy.NONE).steps(24).sampling(Sampling.MEAN).build());
    assertThat(optimum.solved()).isTrue();
    // the first plan is within the gap of the whole, the second within that of what is left
    assertThat(summary.meanCost())
        .isCloseTo(optimum.totalCost(), within(2 * GAP * optimum.totalCost()));
    List<DayOutcome> days = open(study, "out").read(study.tasks().get(0));
    // the tariff is low after midnight: nobody who looks ahead fills all stores before
    assertThat(days.get(0).storedKwh()).isLessThan(59);
    assertThat(days.get(1).storedKwh()).isCloseTo(60, within(1e-3));
    assertThat(days.get(1).coldIterations()).isPositive();
  }

  @Test
  void withoutCarryingEachDayIsTheSame() throws IOException {
    Study study = study("count: 2", "");
    run(study, "out", 1);
    List<DayOutcome> days = open(study, "out").read(study.tasks().get(0));
    double optimum =
        DispatchEngine.central(
                CaseReader.read(CASE),
                RunSettings.builder()
                    .privacy(Privacy.NONE)
                    .steps(12)
                    .sampling(Sampling.MEAN)
                    .build())
            .totalCost();
    for (DayOutcome day : days) {
      assertThat(day.cost()).isCloseTo(optimum, within(GAP * optimum));
      assertThat(day.storedKwh()).isCloseTo(60, within(1e-3));
    }
  }

  @Test
  void resultsDoNotDependOnThreads() throws IOException {
    Study study = study("count: 2, lookAheadHours: 12, carryStorage: true", TWO_SCENARIOS);
    run(study, "one", 1);
    run(study, "three", 3);
    FileTree one = FileTree.of(folder.resolve("one"));
    assertThat(one.names())
        .contains(
            "days/scenario=drawn/repetition=2/days.csv",
            "dispatch/scenario=dear/repetition=1/dispatch.csv",
            "summary.csv",
            "summary.json",
            "report.html");
    assertThat(FileTree.of(folder.resolve("three"))).isEqualTo(one);
  }

  /**
   * Clocks went forward on 31 March 2024 at two in the morning, the first step of the second day.
   */
  @Test
  void tablesAreThoseOfRunsWithTheirTimesNamesAndCurrency() throws IOException {
    Study study =
        told(study("count: 2, lookAheadHours: 12, carryStorage: true", "keep: {dispatch: true}"));
    run(study, "out", 1);
    Path ofChain = Path.of("scenario=base", "repetition=1");
    Path dispatch = folder.resolve("out/dispatch").resolve(ofChain).resolve("dispatch.csv");
    ResultFolder ofRun = ResultFolder.open(folder.resolve("run"));
    ResultFiles.write(
        ofRun,
        study.gridCase(),
        Sampling.MEAN,
        DispatchEngine.central(study.gridCase(), RunSettings.builder().steps(12).build()));

    List<String> rows = Files.readAllLines(dispatch);
    assertThat(rows.get(0))
        .isEqualTo("day," + Files.readAllLines(ofRun.path().resolve("dispatch.csv")).get(0));
    assertThat(rows)
        .filteredOn(row -> row.startsWith("2,3,bus,V,p.u.,"))
        .hasSize(12)
        .allMatch(row -> row.endsWith(",mill"))
        .anyMatch(row -> row.matches("2,3,bus,V,p.u.,0,[0-9.]+,2024-03-31T00:00:00\\+01:00,mill"))
        .anyMatch(row -> row.matches("2,3,bus,V,p.u.,1,[0-9.]+,2024-03-31T03:00:00\\+02:00,mill"));
    // 1e-7 of the base power of 1 MW, in kW, and that for an hour
    assertThat(rows.stream().skip(1).map(row -> row.split(",")))
        .filteredOn(row -> row[4].startsWith("k"))
        .map(row -> Math.abs(Double.parseDouble(row[6])))
        .contains(0.0)
        .allMatch(value -> value == 0.0 || value >= 1e-4);
    assertThat(Files.readAllLines(folder.resolve("out/days").resolve(ofChain).resolve("days.csv")))
        .last()
        .matches(
            row -> row.startsWith("2,converged,") && row.endsWith(",2024-03-31T00:00:00+01:00"));
    assertThat(Files.readAllLines(folder.resolve("out/summary.csv")))
        .anyMatch(row -> row.startsWith("base,1,cost,EUR,1,"))
        .anyMatch(row -> row.endsWith(",2024-03-30T00:00:00+01:00"));
  }

  /** The same of a case with a currency, a start and a name. */
  private static Study told(Study study) {
    GridCase told = study.gridCase();
    List<GridCase.Node> nodes =
        told.nodes().stream()
            .map(
                node ->
                    new GridCase.Node(
                        node.id(), node.id() == 3 ? "mill" : node.name(), node.devices()))
            .toList();
    CaseFacts facts =
        new CaseFacts(
            "EUR",
            Optional.of(new CaseClock("2024-03-30T00:00", "Europe/Berlin")),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    return new Study(
        study.name(),
        new GridCase(
            told.name(), told.source(), told.limits(), nodes, told.lines(), told.tree(), facts),
        study.steps(),
        study.sampling(),
        study.days(),
        study.lookAheadSteps(),
        study.carryStorage(),
        study.seed(),
        study.scenarios(),
        study.keepDispatch(),
        study.fingerprint());
  }

  @Test
  void anEndedStudyGoesOnWithWhatIsLeft() throws IOException {
    Study study = study("count: 2, lookAheadHours: 12, carryStorage: true", TWO_SCENARIOS);
    run(study, "whole", 1);
    AtomicInteger asked = new AtomicInteger();
    StudyObserver impatient =
        new StudyObserver() {
          @Override
          public void dayDone() {
            asked.incrementAndGet();
          }

          @Override
          public boolean cancelled() {
            return asked.get() >= 3; // in the middle of the second chain
          }
        };
    assertThat(StudyRun.run(study, open(study, "ended"), 1, impatient)).isNull();
    assertThat(FileTree.of(folder.resolve("ended")).names())
        .contains("days/scenario=drawn/repetition=1/days.csv")
        .doesNotContain("days/scenario=drawn/repetition=2/days.csv", "summary.csv");
    AtomicInteger again = new AtomicInteger();
    StudyRun.run(
        study,
        open(study, "ended"),
        1,
        new StudyObserver() {
          @Override
          public void dayDone() {
            again.incrementAndGet();
          }
        });
    assertThat(again).hasValue(4); // two chains of two days; the first is not run again
    assertThat(FileTree.of(folder.resolve("ended")))
        .isEqualTo(FileTree.of(folder.resolve("whole")));
  }

  @Test
  void aDayThatFailsIsToldAndTheNextOneGoesOn() throws IOException {
    Study study =
        study(
            "count: 3, lookAheadHours: 12, carryStorage: true",
            """
            scenarios:
              - name: cold
                outages:
                  - {node: 2, device: 4, firstDay: 2, lastDay: 2}
                  - {node: 2, device: 5, firstDay: 2, lastDay: 2}
            """);
    StudySummary summary = run(study, "out", 1);
    List<DayOutcome> days = open(study, "out").read(study.tasks().get(0));
    assertThat(days.stream().map(DayOutcome::failed)).containsExactly(false, true, false);
    assertThat(days.get(1).reason()).isNotEmpty();
    assertThat(days.get(1).cost()).isNaN();
    assertThat(summary.failedDays()).isEqualTo(1);
    assertThat(summary.firstFailure())
        .startsWith("scenario cold, repetition 1, day 2: " + days.get(1).status());
    assertThat(summary.meanCost()).isNaN();
  }

  @Test
  void anotherStudyIsRefusedInTheSameFolder() throws IOException {
    Study study = study("count: 1", "");
    open(study, "out");
    Study changed = study("count: 2", "");
    assertThatThrownBy(() -> open(changed, "out"))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("holds the results of study test before its file");
    Files.createDirectory(folder.resolve("other"));
    Files.writeString(folder.resolve("other/mine.txt"), "mine");
    assertThatThrownBy(() -> open(study, "other"))
        .hasMessageContaining("is not empty and of no study; give another folder with --out");
  }

  @Test
  void aTableThatIsDamagedIsNamedWithTheWayOut() throws IOException {
    Study study = study("count: 1", "");
    run(study, "out", 1);
    Path days = folder.resolve("out/days/scenario=base/repetition=1/days.csv");
    Files.writeString(days, "day,status\n1,converged\n");
    assertThatThrownBy(() -> run(study, "out", 1))
        .isInstanceOf(ResultInputException.class)
        .hasMessageContaining("days.csv: is no table of days")
        .hasMessageContaining("delete it, and the study runs it again");
  }
}
