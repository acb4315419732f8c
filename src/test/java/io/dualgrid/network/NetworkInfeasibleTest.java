package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.load.ReactiveLoad;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feeders without a dispatch, whose parties know each other by certificates only. */
@OneRound
class NetworkInfeasibleTest {
  @TempDir private Path temporary;

  private static Profile profile(String column, double... values) {
    return new Profile("p.csv", column, 1.0, values);
  }

  /**
   * A chain of a root and three sites with 1 and 1.2 MW and 0.5 Mvar, lines of 0.01 p.u. a MW and
   * 0.02 a Mvar.
   */
  static GridCase chain() {
    NetworkLimits limits = new NetworkLimits(2, 2, 1000.0, 100.0, 0.95, 1.05, 1.0, 1e5, 0.2);
    List<Node> nodes = new ArrayList<>();
    nodes.add(
        new Node(
            10,
            "root",
            List.of(
                new GridInterface(
                    1e5, 0, profile("buy", 0.5, 0.7), profile("sell", 0.1, 0.1), Double.NaN))));
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<DeviceSpec> load =
          List.of(
              new PowerLoad(profile("kW", 1000, 1200)),
              new ReactiveLoad(profile("kvar", 500, 500)));
      nodes.add(new Node(11 + i, "site", load));
      lines.add(new Line(10 + i, 11 + i, 1.0, 2.0));
    }
    List<Integer> ids = nodes.stream().map(Node::id).toList();
    return new GridCase("chain", "hand-made", limits, nodes, lines, new FeederTree(ids, lines));
  }

  private RunResult overTheNetwork(GridCase gridCase, RunSettings settings) throws Exception {
    try (NetworkedDistrict district = new NetworkedDistrict(temporary, gridCase)) {
      NetworkedDistrict.Grid grid = district.new Grid(settings);
      boolean clear = settings.privacy() == Privacy.NONE;
      Map<Integer, Future<SitePart>> sites = district.startAll(clear, grid.address(), null);
      grid.part.get();
      for (Future<SitePart> site : sites.values()) {
        site.get();
      }
      return district.gather();
    }
  }

  /**
   * 3, 2, 1 times (0.012 + 0.01) p.u. on the way to the last site, 0.082 below the limit. All that
   * is told in one process is told here, but for the factor of all loads, which nobody knows.
   */
  @ParameterizedTest
  @CsvSource({
    "ACCELERATED, NONE, BLOCKS",
    "ACCELERATED, CKKS, BLOCKS",
    "PUBLISHED, NONE, BLOCKS",
    "NEWTON, CKKS, BLOCKS",
    "NEWTON, NONE, ROOT"
  })
  void whatIsShortIsToldAsInOneProcess(
      Algorithm algorithm, Privacy privacy, Sensitivities sensitivities) throws Exception {
    RunSettings settings =
        RunSettings.builder()
            .algorithm(algorithm)
            .privacy(privacy)
            .sensitivities(sensitivities)
            .steps(2)
            .threads(1)
            .build();
    GridCase gridCase = chain();
    RunResult inOneProcess = DispatchEngine.run(gridCase, settings, RunObserver.NONE);
    RunResult gathered = overTheNetwork(gridCase, settings);

    assertThat(inOneProcess.status()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(gathered.status()).as("%s", gathered.notices()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(gathered.totalCost()).isNaN();
    assertThat(gathered.notices())
        .anyMatch(text -> text.startsWith("no dispatch meets the limits"))
        .anyMatch(text -> text.startsWith("case.json: node 13: V = 0.868"));
    assertThat(gathered.notices()).containsAll(withoutLoads(inOneProcess.notices()));
  }

  private static List<String> withoutLoads(List<String> notices) {
    return notices.stream()
        .filter(text -> text.startsWith("case.json") && !text.contains("P_load"))
        .toList();
  }
}
