package io.dualgrid.results.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.grid.Shunt;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.powerflow.FlowStudy;
import io.dualgrid.results.Labels;
import io.dualgrid.results.ResultFiles;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.ResultInputException;
import io.dualgrid.results.report.RunFolder;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchFlow;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is written for other programs, held to a frozen sample that these programs really run:
 * {@code scripts/python-test} loads {@code sample/pandapower} into pandapower, runs it by
 * pandapower.timeseries, and holds its voltages and those of PyPSA to the frozen ones. The sample
 * has all that a feeder can have: a transformer, a shunt, a rating, and a line without impedance.
 */
class ExportsTest {
  private static final Path SAMPLE =
      Path.of("src/test/resources/io/dualgrid/results/export/sample");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void filesAreThoseThatTheProgramHasRun(Exports.Format format) throws IOException {
    Path written = folder.resolve("written");
    ResultFolder.open(written).write(Exports.files(run(), format));
    Path sample = SAMPLE.resolve(Labels.of(format));
    assertThat(names(written)).isEqualTo(names(sample));
    for (String name : names(sample)) {
      assertThat(written.resolve(name)).as(name).hasSameTextualContentAs(sample.resolve(name));
    }
  }

  /** Both flows are converged to 1e-10 p.u. */
  @Test
  void acFlowIsThatOfTheProgram() throws IOException {
    FlowStudy study = DispatchFlow.of(gridCase(), dispatch()).orElseThrow();
    List<String> rows = Files.readAllLines(SAMPLE.resolve("voltages.csv"));
    assertThat(rows).hasSize(1 + study.steps().size());
    for (int step = 0; step < study.steps().size(); step++) {
      String[] values = rows.get(1 + step).split(",");
      assertThat(values).hasSize(1 + study.nodeCount());
      for (int node = 0; node < study.nodeCount(); node++) {
        // columns are nodes in the order of the case, which is that of their numbers here
        assertThat(study.steps().get(step).voltagePu()[node])
            .isCloseTo(Double.parseDouble(values[1 + study.nodeId(node)]), offset(1e-6));
      }
    }
  }

  @Test
  void resultWithoutADispatchIsNamed() {
    write(List.of());
    RunFolder run = RunFolder.read(folder.resolve("run"));
    assertThatThrownBy(() -> Exports.files(run, Exports.Format.PANDAPOWER))
        .isInstanceOf(ResultInputException.class)
        .hasMessageContaining("there is no dispatch");
  }

  @Test
  void resultOfAnEarlierVersionIsNamed() throws IOException {
    write(dispatch());
    Path file = folder.resolve("run/network.json");
    ObjectNode network = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    network.remove("baseImpedanceOhm");
    Files.writeString(file, network.toString());
    RunFolder run = RunFolder.read(folder.resolve("run"));
    assertThatThrownBy(() -> Exports.files(run, Exports.Format.PYPSA))
        .isInstanceOf(ResultInputException.class)
        .hasMessageContaining("run the case again");
  }

  private RunFolder run() {
    write(dispatch());
    return RunFolder.read(folder.resolve("run"));
  }

  private void write(List<DispatchSeries> dispatch) {
    ResultFiles.write(
        ResultFolder.open(folder.resolve("run")),
        gridCase(),
        Sampling.FIRST,
        new CentralResult(
            "sample", 3, "solved", true, 1.0, 1, 1, 1, 0.1, "none", dispatch, List.of(),
            List.of()));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static GridCase gridCase() {
    List<Line> lines =
        List.of(
            new Line(0, 1, 1.0, 2.0, 0.96, 2500.0),
            new Line(1, 2, 3.0, 2.5, 1.0, 1500.0),
            new Line(2, 3, 0.0, 0.0),
            new Line(1, 4, 4.5, 3.0));
    List<GridCase.Node> nodes = new ArrayList<>();
    for (int id = 0; id < 5; id++) {
      nodes.add(
          new GridCase.Node(
              id, "bus \"" + id + "\"", id == 4 ? List.of(new Shunt(5.0, 300.0)) : List.of()));
    }
    return new GridCase(
        "sample",
        "",
        new NetworkLimits(24, 24, 1000, 100, 0.9, 1.1, 1.01, 1e5, 0.0),
        nodes,
        lines,
        new FeederTree(List.of(0, 1, 2, 3, 4), lines));
  }

  private static List<DispatchSeries> dispatch() {
    double[][] active = {
      {900, 500, 700}, {0, 0, 0}, {-400, -300, 250}, {-350, 120.5, -600}, {0, 80, -500}
    };
    List<DispatchSeries> series = new ArrayList<>();
    for (int node = 0; node < active.length; node++) {
      double[] reactive = {-20.0 * node, 10.0 * node, -35.0 * node};
      if (node == 4) {
        double[] drawn = {-5, -5, -5};
        double[] fed = {300, 300, 300};
        for (int t = 0; t < 3; t++) {
          active[node][t] += drawn[t];
          reactive[t] += fed[t];
        }
        series.add(new DispatchSeries("4", "SH", "P", "kW", drawn));
        series.add(new DispatchSeries("4", "SH", "Q", "kvar", fed));
      }
      series.add(new DispatchSeries("" + node, "bus", "P", "kW", active[node]));
      series.add(new DispatchSeries("" + node, "bus", "Q", "kvar", reactive));
      series.add(new DispatchSeries("" + node, "bus", "V", "p.u.", new double[] {1, 1, 1}));
    }
    return series;
  }
}
