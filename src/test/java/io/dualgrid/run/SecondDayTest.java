package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A day that begins where another one has been. */
class SecondDayTest {
  private static final double GAP = 1e-4;

  private static final Map<String, Optional<NewtonStart>> FIRST_DAYS = new HashMap<>();

  @TempDir Path folder;

  private static RunSettings settings(Privacy privacy, int steps) {
    return RunSettings.builder()
        .privacy(privacy)
        .algorithm(Algorithm.NEWTON)
        .steps(steps)
        .threads(2)
        .build();
  }

  private static RunResult run(
      GridCase gridCase, RunSettings settings, Optional<NewtonStart> start) {
    return DispatchEngine.run(
        gridCase,
        settings,
        RunObserver.NONE,
        new RunHooks() {
          @Override
          public Optional<NewtonStart> start() {
            return start;
          }
        });
  }

  /** Where the day of a bundled case ends, found once for all days that follow. */
  private static Optional<NewtonStart> firstDay(String name, Privacy privacy) {
    return FIRST_DAYS.computeIfAbsent(
        name + privacy,
        key -> run(CaseLocator.read(name), settings(privacy, 24), Optional.empty()).start());
  }

  /** A bundled case with each value of each profile but prices changed by up to a share of it. */
  private GridCase changed(String name, double share) throws IOException {
    Random random = new Random(7);
    try (Stream<Path> files = Files.list(Path.of("data", name))) {
      for (Path file : files.sorted().toList()) {
        String text = Files.readString(file);
        String own = file.getFileName().toString();
        boolean profile = own.endsWith(".csv") && !own.contains("price");
        Files.writeString(folder.resolve(own), profile ? changed(text, share, random) : text);
      }
    }
    return CaseLocator.read(folder.toString());
  }

  private static String changed(String table, double share, Random random) {
    List<String> rows = new ArrayList<>();
    for (String row : table.lines().toList()) {
      List<String> cells = new ArrayList<>();
      for (String cell : row.split(",")) {
        double factor = 1 + share * (2 * random.nextDouble() - 1);
        cells.add(
            rows.isEmpty() || cell.isBlank()
                ? cell
                : Double.toString(factor * Double.parseDouble(cell)));
      }
      rows.add(String.join(",", cells));
    }
    return String.join("\n", rows) + "\n";
  }

  @ParameterizedTest
  @CsvSource({
    "6-bus, NONE, 0.03",
    "6-bus, CKKS, 0.1",
    "yingkou-60, NONE, 0.03",
    "yingkou-60, NONE, 0.1"
  })
  void isCertifiedInTenIterations(String name, Privacy privacy, double share) throws IOException {
    RunSettings settings = settings(privacy, 24);
    Optional<NewtonStart> start = firstDay(name, privacy);
    GridCase next = changed(name, share);
    RunResult result = run(next, settings, start);
    double optimum = DispatchEngine.central(next, settings).totalCost();

    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.iterations()).isLessThanOrEqualTo(10);
    // the central optimum and the bounds of the sites are right to some 1e-8 each
    assertThat(result.lowerBound()).isLessThan(optimum * (1 + 1e-7));
    assertThat(result.totalCost() - result.lowerBound()).isLessThan(GAP * result.totalCost());
    assertThat(result.maxVoltageMismatchPu()).isLessThan(1e-5);
  }

  /**
   * The limit that held on the first day is far on the second, and its owner takes it all the same;
   * the price that it had disappears.
   */
  @ParameterizedTest
  @CsvSource({"VOLTAGE", "FLOW"})
  void mayHaveLimitsThatHoldNoMore(TwoNodes.Limit limit) {
    RunSettings settings = settings(Privacy.NONE, 2);
    RunResult first = run(TwoNodes.heldAtSevenHundredKw(limit, 10.0), settings, Optional.empty());
    assertThat(first.start().orElseThrow().limits()).isNotEmpty();

    RunResult second = run(TwoNodes.supplied(limit, 300.0, 10.0), settings, first.start());
    assertThat(second.status()).as("%s", second.notices()).isEqualTo(RunStatus.CONVERGED);
    // the first day has begun from nothing; limits that hold no more are no worse to begin with
    assertThat(second.iterations()).isLessThanOrEqualTo(first.iterations());
    // 24 h of 300 kW at 1
    assertThat(second.totalCost()).isCloseTo(7200, within(GAP * 7200));
    assertThat(second.lowerBound()).isCloseTo(7200, within(GAP * 7200));
  }

  /** Prices are kept as what they are above the root's, which may have changed. */
  @Test
  void mayHaveOtherPrices() {
    RunSettings settings = settings(Privacy.NONE, 24);
    NewtonStart start = firstDay("6-bus", Privacy.NONE).orElseThrow();
    RunResult result =
        run(Money.times(CaseLocator.read("6-bus"), 1.3), settings, Optional.of(start));

    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
  }

  @Test
  void otherAlgorithmsKeepNothing() {
    RunSettings settings =
        settings(Privacy.NONE, 2).toBuilder().algorithm(Algorithm.ACCELERATED).build();
    assertThat(
            run(TwoNodes.supplied(TwoNodes.Limit.FLOW, 300.0, 2.0), settings, Optional.empty())
                .start())
        .isEmpty();
  }
}
