package io.dualgrid.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.matpower.Ieee33;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about the results names every column and every quantity with its unit. */
class ResultsDocTest {
  @TempDir Path temporary;

  private static String page() throws IOException {
    return Files.readString(Path.of("docs/results.md"));
  }

  @Test
  void columnsAreNamedWithTheirUnits() throws IOException {
    assertThat(
            Stream.of(IterationsCsv.COLUMNS, DispatchCsv.COLUMNS, AcCsv.COLUMNS)
                .flatMap(List::stream))
        .allSatisfy(
            column ->
                assertThat(page()).contains("| `" + column.name() + "` | " + column.unit() + " |"));
  }

  @Test
  void quantitiesAreNamedWithTheirUnits() throws IOException {
    Path feeder = temporary.resolve("district33");
    Ieee33.withDevices(feeder, "district33");
    List<DispatchSeries> series = new ArrayList<>();
    RunSettings settings =
        RunSettings.builder().privacy(Privacy.NONE).steps(4).maxIterations(1).threads(1).build();
    for (String name : List.of("6-bus", feeder.toString())) {
      RunResult run = DispatchEngine.run(CaseLocator.read(name), settings, RunObserver.NONE);
      series.addAll(run.dispatch());
    }
    String page = page().replace("`EHP`, `AHP`", "`EHP`");
    assertThat(series)
        .allSatisfy(
            one ->
                assertThat(page)
                    .contains(
                        "| `"
                            + one.device()
                            + "` | `"
                            + one.quantity()
                            + "` | "
                            + one.unit()
                            + " |"));
  }

  @Test
  void filesAreNamed() throws IOException {
    assertThat(ResultFiles.names()).allSatisfy(name -> assertThat(page()).contains("`" + name));
  }
}
