package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseWriter;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run --gap} of two sites, whose sums would show each of them. A line of 30 ohm (0.3 per
 * unit of 100) to a steady load and a battery of 10 kWh: a battery gives no energy over a day, so
 * that the load comes through the line at some hour, and the voltage there is at most 1 − 0.3 times
 * the load in MW.
 */
@OneRound
class RefusedGapTest {
  @TempDir Path folder;

  private final StringWriter text = new StringWriter();

  private int run(double loadKw, String... more) throws IOException {
    NetworkLimits limits = new NetworkLimits(24, 24, 1000, 100, 0.95, 1.05, 1.0, 1e5, 0.1);
    DeviceSpec grid =
        new GridInterface(1e4, 1e4, steady("buy", 1), steady("sell", 0.5), Double.NaN);
    DeviceSpec battery = new Battery(150, 10, 5, 5, 0, 0.95, 0.95, 0.8);
    List<Node> nodes =
        List.of(
            new Node(0, "root", List.of(grid)),
            new Node(1, "far", List.of(new PowerLoad(steady("far", loadKw)), battery)),
            new Node(2, "near", List.of(new PowerLoad(steady("near", 10)))));
    List<Line> lines = List.of(new Line(0, 1, 30, 0), new Line(0, 2, 0.1, 0.1));
    GridCase two =
        new GridCase(
            "two", "by hand", limits, nodes, lines, new FeederTree(List.of(0, 1, 2), lines));
    Path place = folder.resolve("two");
    CaseWriter.write(two, "hand", place, false);
    List<String> arguments = new ArrayList<>(List.of("run", place.toString(), "--quiet"));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(text, arguments.toArray(String[]::new));
  }

  private static Profile steady(String column, double value) {
    double[] values = new double[24];
    Arrays.fill(values, value);
    return new Profile("profiles.csv", column, 1, values);
  }

  @Test
  void aCaseWithoutADispatchIsToldBeforeTheSumsAre() throws IOException {
    assertThat(run(200, "--gap")).as("%s", text).isEqualTo(ExitCode.NOT_CONVERGED);
    // 1 − 0.3 · 0.2
    assertThat(text.toString())
        .contains("no dispatch meets the limits", "node 1: V = 0.94")
        .doesNotContain("cost", "--allow-exposed-sums");
  }

  @Test
  void whoeverDoesNotAskForTheOptimumLearnsOfTheSumsAlone() throws IOException {
    assertThat(run(200)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(text.toString()).contains("--allow-exposed-sums").doesNotContain("0.94");
  }

  @Test
  void aCaseWithADispatchIsRefusedForItsSums() throws IOException {
    // 1 − 0.3 · 0.16 is above 0.95
    assertThat(run(160, "--gap")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(text.toString()).contains("--allow-exposed-sums");
  }
}
